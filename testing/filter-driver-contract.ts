import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Access, AccessChange, AccessMode } from '../src/pxe-filter/access.ts';
import type { FilterDriver } from '../src/pxe-filter/filter-driver.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** A driver over a system of its own: a firewall, a folder that a DHCP server reads, a fake. */
export interface DriverUnderTest {
  /** A driver over the same system; a second one is what the service has after a restart. Not yet `init`-ed. */
  make(): FilterDriver;
  /** Whether a request of this MAC address would be answered now. */
  answers(mac: string): boolean | Promise<boolean>;
  /** Does to what is in force what a stranger might do, so that it is wrong. Left out where nobody can. */
  damage?(): void | Promise<void>;
  /** Makes the next `apply` fail, however it is tried. Left out where that cannot be done. */
  failNext?(): void | Promise<void>;
}

/** What the contract should know of a driver. */
export interface ContractOptions {
  /** True for a driver that answers everybody by intention. */
  readonly answersAll?: boolean;
  /** MAC addresses of the test with many; 2000 unless given. */
  readonly many?: number;
  /** Random changes that are compared with wholes; 60 unless given. */
  readonly steps?: number;
}

const mac = (number: number) =>
  `52:54:00:${number
    .toString(16)
    .padStart(6, '0')
    .replace(/(..)(?=.)/g, '$1:')}`;

const known = [1, 2, 3, 4].map(mac) as [string, string, string, string];
const [underInspection, alsoUnderInspection, idle, alsoIdle] = known;
const stranger = mac(0xffff);
const modes: readonly AccessMode[] = ['closed', 'deny-list', 'allow-list'];

/** Who is answered, by the meaning of the modes. */
function isAnswered({ mode, allowed, denied }: Access, address: string): boolean {
  if (mode === 'closed') return false;
  return mode === 'allow-list' ? allowed.has(address) : !denied.has(address);
}

function access(mode: AccessMode, allowed: readonly string[], denied: readonly string[]): Access {
  if (mode !== 'closed') return { mode, allowed: new Set(allowed), denied: new Set(denied) };
  return { mode, allowed: new Set(), denied: new Set([...allowed, ...denied]) };
}

const usual = (mode: AccessMode) => access(mode, [underInspection, alsoUnderInspection], [idle, alsoIdle]);
const noChange = { allow: [], deny: [], forget: [] };

/**
 * What the service expects of every filter driver, as tests. `open` makes a system of its own for each of them, and
 * cleans up with `t.after`.
 */
export function filterDriverContract(
  name: string,
  open: (t: TestContext) => DriverUnderTest | Promise<DriverUnderTest>,
  options: ContractOptions = {},
): void {
  const { answersAll = false, many = 2000, steps = 60 } = options;
  const check = async (on: DriverUnderTest, expected: Access, macs: readonly string[], when: string) => {
    for (const address of macs) {
      const isExpected = answersAll || isAnswered(expected, address);
      assert.equal(await on.answers(address), isExpected, `${address}, ${expected.mode}, ${when}`);
    }
  };
  const everybody = [...known, stranger];
  const begun = async (t: TestContext) => {
    const on = await open(t);
    const driver = on.make();
    await driver.init();
    return { on, driver };
  };

  describe(`the filter driver ${name}`, () => {
    it('lets nobody in before it is told whom', async (t) => {
      const { on } = await begun(t);

      await check(on, access('closed', [], []), everybody, 'after init');
    });

    for (const mode of modes) {
      it(`puts ${mode} in force, and again when it is in force already`, async (t) => {
        const { on, driver } = await begun(t);

        for (const when of ['at first', 'again']) {
          await driver.apply(usual(mode));
          await check(on, usual(mode), everybody, when);
        }
        await driver.apply(usual(mode), { ...noChange, modeWas: mode });
        await check(on, usual(mode), everybody, 'after a change of nothing');
      });
    }

    it('changes from every mode to every other, by a change and as a whole', async (t) => {
      const { on, driver } = await begun(t);
      for (const from of modes) {
        for (const to of modes) {
          for (const isWhole of [true, false]) {
            const [before, now] = [usual(from), usual(to)];
            await driver.apply(before);

            await (isWhole ? driver.apply(now) : driver.apply(now, changeBetween(before, now)));

            await check(on, now, everybody, `from ${from}, ${isWhole ? 'whole' : 'by change'}`);
          }
        }
      }
    });

    it('comes by changes to what a whole gives', async (t) => {
      const { on, driver } = await begun(t);
      const random = seededRandom(7);
      const machines = Array.from({ length: 12 }, (_, index) => mac(0x100 + index));
      let before = access('closed', [], machines.slice(0, 6));
      await driver.apply(before);
      for (let step = 1; step <= steps; step += 1) {
        const now = other(before, machines, random);

        await driver.apply(now, changeBetween(before, now));

        await check(on, now, [...machines, stranger], `after change ${step}`);
        before = now;
      }
      await driver.apply(before);
      await check(on, before, [...machines, stranger], 'after the whole');
    });

    it('keeps nothing of the sets that it was given', async (t) => {
      const { on, driver } = await begun(t);
      const [allowed, denied] = [new Set([underInspection]), new Set([idle])];
      await driver.apply({ mode: 'deny-list', allowed, denied });

      allowed.clear();
      denied.clear();
      const now = access('deny-list', [underInspection, alsoUnderInspection], [idle]);
      const change = { ...noChange, allow: [alsoUnderInspection], modeWas: 'deny-list' } as const;
      await driver.apply(now, change);

      await check(on, now, everybody, 'afterwards');
    });

    it('is told of many machines at once', async (t) => {
      const { on, driver } = await begun(t);
      const machines = Array.from({ length: many }, (_, index) => mac(0x10000 + index));
      const middle = many / 2;
      const now = access('deny-list', machines.slice(middle), machines.slice(0, middle));

      await driver.apply(now);

      const sample = [0, 1, middle - 1, middle, many - 1].flatMap((index) => machines[index] ?? []);
      await check(on, now, [...sample, stranger], 'at once');
    });

    it('keeps what is in force over a restart of the service', async (t) => {
      const { on, driver } = await begun(t);
      await driver.apply(usual('deny-list'));
      const next = on.make();

      await next.init();
      await check(on, usual('deny-list'), everybody, 'after init');
      const now = access('allow-list', [idle], [underInspection, alsoUnderInspection, alsoIdle]);
      await next.apply(now);

      await check(on, now, everybody, 'after the first apply');
    });

    it('is torn down without having been made ready, twice, and made ready anew afterwards', async (t) => {
      const on = await open(t);
      await on.make().tearDown();
      const driver = on.make();
      await driver.init();
      await driver.apply(usual('deny-list'));
      await driver.tearDown();
      await driver.tearDown();
      const next = on.make();

      await next.init();
      await next.apply(usual('allow-list'));

      await check(on, usual('allow-list'), everybody, 'afterwards');
    });

    it('repairs what somebody else has changed', async (t) => {
      const { on, driver } = await begun(t);
      if (on.damage === undefined) return t.skip('nobody else can');
      for (const mode of modes) {
        await driver.apply(usual(mode));
        await on.damage();

        await driver.apply(usual(mode));

        await check(on, usual(mode), everybody, 'after the repair');
      }
    });

    it('lets in nobody more when it fails, and comes to it at the next call', async (t) => {
      const { on, driver } = await begun(t);
      if (on.failNext === undefined) return t.skip('it does not fail');
      await driver.apply(usual('deny-list'));
      const now = access('deny-list', [underInspection, idle], [alsoUnderInspection, alsoIdle]);
      const change: AccessChange = {
        ...noChange,
        allow: [idle],
        deny: [alsoUnderInspection],
        modeWas: 'deny-list',
      };
      await on.failNext();

      await assert.rejects(driver.apply(now, change), { name: 'InspectorError', kind: 'unavailable' });
      assert.equal(await on.answers(alsoIdle), false);
      assert.equal(await on.answers(idle), false);
      await driver.apply(now);

      await check(on, now, everybody, 'after the second call');
    });
  });
}

/** What a driver is told that has `before` in force. */
export function changeBetween(before: Access, now: Access): AccessChange {
  const placeIn = (of: Access, address: string) =>
    of.allowed.has(address) ? 'allow' : of.denied.has(address) ? 'deny' : 'forget';
  const change = {
    allow: [] as string[],
    deny: [] as string[],
    forget: [] as string[],
    modeWas: before.mode,
  };
  for (const address of new Set([...before.allowed, ...before.denied, ...now.allowed, ...now.denied])) {
    const place = placeIn(now, address);
    if (place !== placeIn(before, address)) change[place].push(address);
  }
  return change;
}

/** Access in which some machines are elsewhere, now and then in another mode. */
function other(before: Access, machines: readonly string[], random: SeededRandom): Access {
  const allowed = new Set(before.allowed);
  const denied = new Set(before.denied);
  const mode = random.once(5) ? random.pick(modes) : before.mode;
  if (mode === 'closed') for (const address of allowed) denied.add(address);
  if (mode === 'closed') allowed.clear();
  for (let left = random.below(4); left > 0; left -= 1) {
    const address = random.pick(machines);
    allowed.delete(address);
    denied.delete(address);
    const places = mode === 'closed' ? [denied, undefined] : [allowed, denied, undefined];
    random.pick(places)?.add(address);
  }
  return { mode, allowed, denied };
}
