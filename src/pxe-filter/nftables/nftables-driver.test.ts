// Shows these lines of docs/compatibility.md: nftables-filter.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FakeNft, fakeNft, letsIn } from '../../../testing/fake-nft.ts';
import { filterDriverContract } from '../../../testing/filter-driver-contract.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import type { Access, AccessMode } from '../access.ts';
import type { InterfaceKind } from './interface-kind.ts';
import { nftablesDriver } from './nftables-driver.ts';
import { type NftablesOptions, nftablesOptions } from './nftables-options.ts';

const a = '52:54:00:00:00:01';
const b = '52:54:00:00:00:02';
const requests = 'inet ironic_inspector';
const noChange = { allow: [], deny: [], forget: [] } as const;

function access(mode: AccessMode, allowed: readonly string[], denied: readonly string[]): Access {
  return { mode, allowed: new Set(allowed), denied: new Set(denied) };
}

function setUp(nft: FakeNft = fakeNft(), options: Partial<NftablesOptions> = {}) {
  const kinds = new Map<string, InterfaceKind>([['br-ctlplane', 'bridge']]);
  const log = recordingLogger();
  const driver = nftablesDriver(
    { ...defaultsOf(nftablesOptions), ...options },
    { run: nft.run, log, usualInterface: 'br-ctlplane', kindOf: (name) => kinds.get(name) ?? 'missing' },
  );
  return { nft, driver, kinds, log };
}

async function begun(options: Partial<NftablesOptions> = {}) {
  const on = setUp(fakeNft(), options);
  await on.driver.init();
  await on.driver.apply(access('deny-list', [], [a]));
  on.nft.commands.length = 0;
  return on;
}

filterDriverContract('nftables, over a stand-in of nft', () => {
  const nft = fakeNft();
  let isFailing = false;
  return {
    make() {
      const { driver } = setUp(nft);
      const apply = driver.apply.bind(driver);
      driver.apply = async (...given) => {
        nft.refused = isFailing ? '' : undefined;
        isFailing = false;
        await apply(...given).finally(() => (nft.refused = undefined));
      };
      return driver;
    },
    answers: (mac) => letsIn(nft.tables.get(requests), mac),
    damage: () => nft.tables.get(requests)?.sets.get('denied')?.clear(),
    failNext: () => void (isFailing = true),
  };
});

describe('a change', () => {
  it('is one script with what is other, for each table', async () => {
    const { nft, driver } = await begun();

    await driver.apply(access('deny-list', [a], [b]), {
      ...noChange,
      allow: [a],
      deny: [b],
      modeWas: 'deny-list',
    });

    const ofTable = (table: string) => [
      `add element ${table} allowed { 0x525400000001 }`,
      `add element ${table} allowed { 0x525400000002 }`,
      `delete element ${table} allowed { 0x525400000002 }`,
      `add element ${table} denied { 0x525400000002 }`,
      `add element ${table} denied { 0x525400000001 }`,
      `delete element ${table} denied { 0x525400000001 }`,
    ];
    const script = [...ofTable('inet ironic_inspector'), ...ofTable('netdev ironic_inspector'), ''].join(
      '\n',
    );
    assert.deepEqual(nft.commands, [{ program: 'nft', args: ['-f', '-'], input: script }]);
  });

  it('switches the mode with the same script', async () => {
    const { nft, driver } = await begun({ hook: 'inet' });

    await driver.apply(access('allow-list', [], [a]), { ...noChange, forget: [b], modeWas: 'deny-list' });

    assert.deepEqual(nft.scripts(), [
      [
        'add element inet ironic_inspector allowed { 0x525400000002 }',
        'delete element inet ironic_inspector allowed { 0x525400000002 }',
        'add element inet ironic_inspector denied { 0x525400000002 }',
        'delete element inet ironic_inspector denied { 0x525400000002 }',
        'flush chain inet ironic_inspector judge_requests4',
        'add rule inet ironic_inspector judge_requests4 goto allow_list_requests4',
        'flush chain inet ironic_inspector judge_requests6',
        'add rule inet ironic_inspector judge_requests6 goto allow_list_requests6',
        '',
      ].join('\n'),
    ]);
  });

  it('runs nothing when nothing is other', async () => {
    const { nft, driver } = await begun();

    await driver.apply(access('deny-list', [], [a]), { ...noChange, modeWas: 'deny-list' });

    assert.deepEqual(nft.commands, []);
  });

  it('that cannot be made is made up for by making all anew', async () => {
    const { nft, driver, log } = await begun();
    nft.tables.delete(requests);

    await driver.apply(access('deny-list', [], [a, b]), { ...noChange, deny: [b], modeWas: 'deny-list' });

    assert.equal(letsIn(nft.tables.get(requests), b), false);
    assert.match(
      log.at('warning').join(),
      /ironic_inspector is compared, as a change of it failed: .*No such file/,
    );
  });
});

describe('a whole', () => {
  it('changes nothing that is right', async () => {
    const { nft, driver } = await begun();

    await driver.apply(access('deny-list', [], [a]));

    assert.deepEqual(nft.scripts(), []);
  });

  it('changes only elements and modes where nothing else is wrong', async () => {
    const { nft, driver, log } = await begun({ hook: 'inet' });

    await driver.apply(access('closed', [], [b]));

    assert.match(nft.scripts().join(), /^add element [^]*delete element [^]*goto closed_requests6\n$/);
    assert.deepEqual(log.at('warning'), []);
  });

  const damages: Readonly<Record<string, (nft: FakeNft) => unknown>> = {
    'a missing table': (nft) => nft.tables.delete('netdev ironic_inspector'),
    'a missing set': (nft) => nft.tables.get(requests)?.sets.delete('denied'),
    'an element of another kind': (nft) => nft.tables.get(requests)?.sets.get('denied')?.add('eth0'),
    'another rule': (nft) => nft.tables.get(requests)?.rules.get('inet_input')?.unshift('accept'),
    'another chain': (nft) => nft.tables.get(requests)?.rules.set('more', []),
    'no mark': (nft) => nft.tables.get(requests)?.rules.delete('kept_by_ironic_inspector'),
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`makes all anew for ${what}, and says so`, async () => {
      const { nft, driver, log } = await begun();
      damage(nft);

      await driver.apply(access('deny-list', [], [a]));

      assert.equal(nft.scripts().length, 1);
      assert.match(
        nft.scripts().join(),
        /^add table inet ironic_inspector\ndelete table inet ironic_inspector\n/,
      );
      assert.deepEqual(log.at('warning'), [
        'nftables: somebody else has changed ironic_inspector, which is made anew',
      ]);
      assert.equal(letsIn(nft.tables.get(requests), a), false);
      nft.commands.length = 0;
      await driver.apply(access('deny-list', [], [a]));
      assert.deepEqual(nft.scripts(), []);
    });
  }

  it('puts a mode right that has no rule, or more than one', async () => {
    const { nft, driver } = await begun();
    nft.tables.get(requests)?.rules.get('judge_requests4')?.push('accept');
    nft.tables.get('netdev ironic_inspector')?.rules.get('judge_answers4')?.pop();

    await driver.apply(access('deny-list', [], [a]));

    assert.deepEqual(nft.tables.get(requests)?.rules.get('judge_requests4'), ['goto deny_list_requests4']);
    assert.deepEqual(nft.tables.get('netdev ironic_inspector')?.rules.get('judge_answers4'), [
      'goto deny_list_answers4',
    ]);
  });

  it('is not content with tables that somebody changes while they are made', async () => {
    const { nft, driver } = await begun();
    nft.tables.delete(requests);
    nft.afterLoad = () => nft.tables.get(requests)?.rules.get('inet_input')?.unshift('accept');

    await assert.rejects(driver.apply(access('deny-list', [], [a])), {
      kind: 'unavailable',
      message:
        'The nftables filter cannot be brought in line: the table inet ironic_inspector was changed by somebody else ' +
        'while it was made. Find out by whom: nft monitor',
    });
    nft.afterLoad = undefined;
    await driver.apply(access('deny-list', [], [a]));

    assert.equal(nft.tables.get(requests)?.rules.get('inet_input')?.includes('accept'), false);
  });

  it('follows an interface that becomes a port of a bridge, with the tables that it then takes', async () => {
    const { nft, driver, kinds } = await begun();
    kinds.set('br-ctlplane', 'bridge-port');

    await driver.apply(access('deny-list', [], [a]));

    assert.deepEqual([...nft.tables.keys()], ['bridge ironic_inspector']);
    assert.equal(nft.scripts().length, 1);
  });

  it('takes no table that somebody else has made meanwhile where the driver has none', async () => {
    const { nft, driver, kinds } = await begun();
    await nft.run({ program: 'nft', args: ['-f', '-'], input: 'add table bridge ironic_inspector\n' });
    kinds.set('br-ctlplane', 'bridge-port');

    await assert.rejects(driver.apply(access('deny-list', [], [a])), {
      kind: 'unavailable',
      message: /the table bridge ironic_inspector belongs to somebody else/,
    });

    assert.deepEqual(nft.tables.get('bridge ironic_inspector')?.rules.size, 0);
  });
});

describe('what is no MAC address', () => {
  for (const mac of [
    '',
    '52:54:00:00:00',
    `${a} }\nflush ruleset\n`,
    `${a}, 0x1`,
    a.toUpperCase().replace('52', 'AA'),
    '5254.0000.0001',
    `${a}:02`,
  ]) {
    it(`gets nowhere: ${JSON.stringify(mac)}`, async () => {
      const { nft, driver } = await begun();
      const refused = {
        name: 'InspectorError',
        kind: 'unavailable',
        message: /expected MAC addresses of six octets/,
      };

      const change = { ...noChange, deny: [mac], modeWas: 'deny-list' } as const;
      await assert.rejects(driver.apply(access('deny-list', [], [a, mac]), change), refused);
      await assert.rejects(driver.apply(access('deny-list', [mac], [a])), refused);

      assert.deepEqual(nft.commands, []);
      assert.equal(letsIn(nft.tables.get(requests), a), false);
    });
  }
});

describe('init', () => {
  it('leaves what the last run left in force', async () => {
    const { nft } = await begun();
    const { driver, log } = setUp(nft);

    await driver.init();

    assert.deepEqual(nft.scripts(), []);
    assert.deepEqual(log.at('info'), [
      'nftables: what the last run left in ironic_inspector stays until the first comparison',
    ]);
  });

  it('closes what the last run left for other interfaces or hooks', async () => {
    const { nft } = await begun();
    const { driver } = setUp(nft, { hook: 'inet' });

    await driver.init();

    assert.deepEqual([...nft.tables.keys()], [requests]);
    assert.equal(letsIn(nft.tables.get(requests), b), false);
  });

  it('refuses a table of somebody else, and leaves it alone', async () => {
    const { nft, driver } = setUp();
    await nft.run({ program: 'nft', args: ['-f', '-'], input: 'add table netdev ironic_inspector\n' });

    await assert.rejects(driver.init(), {
      name: 'InspectorError',
      kind: 'invalid',
      message:
        'The nftables filter does not work here: the table netdev ironic_inspector belongs to somebody else: it has no ' +
        'mark of this filter. Set another [nftables]table, or remove it: nft delete table netdev ironic_inspector',
    });
    await driver.tearDown();

    assert.deepEqual([...nft.tables.keys()], ['netdev ironic_inspector']);
  });

  it('says why nft does not work', async () => {
    const { nft, driver } = setUp();
    nft.refused = 'list tables';

    await assert.rejects(driver.init(), {
      kind: 'invalid',
      message: /^The nftables filter does not work here: nft -j list tables ended with 1: /,
    });
  });

  it('does without answers, and says so, where kernel or nft cannot filter what goes out', async () => {
    const { nft, driver, log, kinds } = setUp();
    kinds.set('br-ctlplane', 'plain');
    nft.refused = 'hook egress';

    await driver.init();

    assert.deepEqual([...nft.tables.keys()], [requests]);
    assert.deepEqual(log.at('warning'), [
      'nftables: DHCP servers on raw sockets are not stopped on br-ctlplane: it takes Linux 5.16 and nftables 1.0.1',
    ]);
  });

  it('lets a fault of the program through as it is', async () => {
    const { nft, driver } = setUp();
    const broken = { ...nft, run: async () => 'no JSON' };
    const { driver: other } = setUp(broken);
    await driver.init();

    await assert.rejects(other.init(), { name: 'SyntaxError' });
  });
});

describe('verdict counts', () => {
  it('are summed over the tables', async () => {
    const { nft, driver } = await begun();
    nft.tables.get(requests)?.counters.set('accepted', 3).set('denied', 2);
    nft.tables.get('netdev ironic_inspector')?.counters.set('answers', 5);

    const counts = await driver.verdictCounts();

    assert.deepEqual(counts, {
      accepted: 3,
      denied: 2,
      strangers: 0,
      unreadable: 0,
      relayed6: 0,
      answers: 5,
    });
  });

  it('are zero before there are tables', async () => {
    const { driver, nft } = setUp();

    assert.equal((await driver.verdictCounts()).accepted, 0);
    assert.deepEqual(nft.commands, []);
  });
});

describe('tear-down', () => {
  it('removes the tables of the driver in one script, and those only once', async () => {
    const { nft, driver } = await begun();
    await nft.run({ program: 'nft', args: ['-f', '-'], input: 'add table inet of_others\n' });
    nft.commands.length = 0;

    await driver.tearDown();
    await driver.tearDown();

    assert.deepEqual([...nft.tables.keys()], ['inet of_others']);
    assert.deepEqual(nft.scripts(), [
      'delete table inet ironic_inspector\ndelete table netdev ironic_inspector\n',
    ]);
  });

  it('can be tried again when it failed', async () => {
    const { nft, driver } = await begun();
    nft.refused = 'delete table';

    await assert.rejects(driver.tearDown(), {
      kind: 'unavailable',
      message: /^The tables of the nftables filter cannot be removed: /,
    });
    nft.refused = undefined;
    await driver.tearDown();

    assert.equal(nft.tables.size, 0);
  });

  it('asks for nothing that somebody else has removed already', async () => {
    const { nft, driver } = await begun();
    nft.tables.clear();

    await driver.tearDown();

    assert.deepEqual(nft.scripts(), []);
  });
});
