import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { FakeAccessSource } from '../../testing/fake-access-source.ts';
import { FakeFilterDriver } from '../../testing/fake-filter-driver.ts';
import { fakeTiming } from '../../testing/fake-timing.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { silentLogger } from '../logging/logger.ts';
import type { Access } from './access.ts';
import type { AccessRules } from './access-sets.ts';
import { PxeAccess } from './pxe-access.ts';

/** Nodes that are started and ended, and one that never is. */
const nodes = ['a', 'b', 'c', 'd'] as const;
const never = '52:54:00:00:00:ff';
const stranger = '52:54:00:00:00:ee';
const macOf = (node: string, card: number) => `52:54:00:00:0${card}:0${nodes.indexOf(node as 'a') + 1}`;

const node = fc.constantFrom(...nodes);
const few = fc.integer({ min: 1, max: 3 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('start' as const),
      node,
      ports: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('end' as const), node }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('new port' as const), node }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('lose port' as const), node }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('driver fails' as const), times: few }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('database fails' as const), times: few }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('list fails' as const), times: few }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('sync' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('timers' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({ what: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 9 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const anySteps = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });

const anyRules = fc.constantFrom<AccessRules>(
  { denyUnknown: false, discovery: false },
  { denyUnknown: true, discovery: false },
  { denyUnknown: false, discovery: true },
);

/** A service in memory, driven by steps; what must never be is checked whenever something was put in force. */
class Schedule {
  readonly source = new FakeAccessSource();
  readonly driver = new FakeFilterDriver();
  readonly timing = fakeTiming();
  readonly access: PxeAccess;
  readonly rules: AccessRules;
  readonly #pending = new Set<Promise<void>>();
  /** Nodes whose last change was answered for, and how. */
  readonly #settled = new Map<string, 'in' | 'out'>();
  readonly #broken: string[] = [];
  #turns: number;

  constructor(rules: AccessRules, turns: number) {
    this.rules = rules;
    this.#turns = turns;
    this.source.ports.set(never, { address: never });
    for (const name of nodes) this.source.ports.set(macOf(name, 0), { address: macOf(name, 0) });
    this.driver.beforeApply = () => this.#wait();
    this.driver.applied = () => this.#check();
    this.source.beforeNodes = () => this.#wait();
    this.source.beforePorts = () => this.#wait();
    this.access = new PxeAccess({
      driver: this.driver,
      nodes: this.source.nodes,
      bareMetal: this.source.bareMetal,
      rules,
      keepOnExit: false,
      timing: this.timing,
      clock: settableClock(),
      log: silentLogger(),
    });
  }

  async run(steps: readonly Step[]): Promise<void> {
    await this.access.begin();
    for (const each of steps) {
      await this.#do(each);
      this.#check();
    }
  }

  /** All that fails works again, and time passes. */
  async calm(): Promise<void> {
    this.driver.failures = 0;
    Object.assign(this.source.failures, { nodes: 0, ports: 0 });
    do {
      this.timing.fire();
      for (let turn = 0; turn < 40; turn += 1) await nextTurn();
      await Promise.all(this.#pending);
    } while (this.timing.waiting().length > 0);
    assert.deepEqual(this.#broken, []);
  }

  get health(): string {
    return this.access.health().state;
  }

  /** What should be in force. */
  model(): Access {
    const { underWay, ports } = this.source;
    const active = new Set([...underWay.values()].flat());
    const addresses = [...ports.values()].map(({ address }) => address);
    const isClosed = underWay.size === 0 && !this.rules.discovery;
    return {
      mode: isClosed ? 'closed' : this.rules.denyUnknown ? 'allow-list' : 'deny-list',
      allowed: new Set(addresses.filter((address) => active.has(address))),
      denied: new Set(addresses.filter((address) => !active.has(address))),
    };
  }

  async #do(each: Step): Promise<void> {
    const { source } = this;
    if (each.what === 'start') {
      const macs = [0, 1].slice(0, each.ports).map((card) => macOf(each.node, card));
      for (const address of macs) source.ports.set(address, { address });
      source.underWay.set(each.node, macs);
      this.#tell(each.node, 'in', macs);
    }
    if (each.what === 'end' && source.underWay.delete(each.node)) this.#tell(each.node, 'out');
    if (each.what === 'new port') {
      const address = macOf(each.node, 2);
      source.ports.set(address, { address });
      this.#tell(each.node, source.underWay.has(each.node) ? 'in' : 'out', [address]);
    }
    if (each.what === 'lose port') source.ports.delete(macOf(each.node, 2));
    if (each.what === 'driver fails') this.driver.failures = each.times;
    if (each.what === 'database fails') source.failures.nodes = each.times;
    if (each.what === 'list fails') source.failures.ports = each.times;
    if (each.what === 'sync') this.#follow(this.access.syncAll());
    if (each.what === 'timers') this.timing.fire();
    if (each.what === 'wait') for (let turn = 0; turn < each.turns; turn += 1) await nextTurn();
  }

  #tell(name: string, place: 'in' | 'out', macs: readonly string[] = []): void {
    this.#settled.delete(name);
    const expected = {};
    this.#expected.set(name, expected);
    const told = this.access.nodeChanged(
      name,
      macs.map((address) => ({ address })),
    );
    const settle = () => {
      if (this.#expected.get(name) !== expected) return;
      this.#settled.set(name, place);
      this.#check();
    };
    this.#follow(told.then(settle, () => {}));
  }
  readonly #expected = new Map<string, object>();

  #follow(promise: Promise<void>): void {
    const followed: Promise<void> = promise.finally(() => this.#pending.delete(followed));
    this.#pending.add(followed);
  }

  #check(): void {
    if (this.driver.answers(never)) this.#broken.push(`${never} is let in, and was never started`);
    if (this.rules.denyUnknown && this.driver.answers(stranger)) this.#broken.push('a stranger is let in');
    for (const [name, place] of this.#settled) {
      const cards = [macOf(name, 0), macOf(name, 1)].filter((mac) => this.source.ports.has(mac));
      const macs = place === 'in' ? (this.source.underWay.get(name) ?? []) : cards;
      for (const mac of macs) {
        const isIn = this.driver.answers(mac);
        if (isIn !== (place === 'in'))
          this.#broken.push(`${mac} of ${name} is ${isIn ? 'in' : 'out'}, not ${place}`);
      }
    }
  }

  /** A number of turns of the event loop that differs from time to time, and is the same in every run. */
  async #wait(): Promise<void> {
    this.#turns = (this.#turns * 7 + 3) % 11;
    for (let turn = this.#turns % 4; turn > 0; turn -= 1) await nextTurn();
  }
}

describe('PXE access in any order of events and failures', () => {
  it('lets in nobody that is denied, keeps its word, and comes to what it should be', async () => {
    await fc.assert(
      fc.asyncProperty(anyRules, fc.nat(10), fc.nat(2), anySteps, async (given, turns, failures, steps) => {
        const schedule = new Schedule(given, turns);
        schedule.source.failures.ports = failures;

        await schedule.run(steps);
        await schedule.calm();
        const before = schedule.health;
        await schedule.access.syncAll();

        assert.equal(before, 'ok');
        assert.deepEqual(schedule.driver.inForce, schedule.model());
        assert.equal(schedule.health, 'ok');
      }),
      { numRuns: 300 },
    );
  });
});
