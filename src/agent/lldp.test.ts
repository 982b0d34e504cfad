// Shows these lines of docs/compatibility.md: agent-lldp.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import type { JsonObject } from '../json/json-value.ts';
import { readLldp } from './lldp.ts';
import { lldpAddress } from './lldp-address.ts';
import { lldpTlvs } from './lldp-tlvs.ts';
import { openMachine } from './machine.ts';
import type { CommandResult } from './run-command.ts';

const value = (text: string) => [{ value: text }];

/** What lldpctl 1.0.16 makes of the frame below. */
const neighbour: JsonObject = {
  name: 'eth0',
  via: 'LLDP',
  rid: '2',
  age: '0 day, 00:00:01',
  chassis: [
    {
      id: [{ type: 'local', value: 'r1-core' }],
      name: value('leaf-1'),
      descr: value('Switch OS 9'),
      'mgmt-ip': value('10.1.2.3'),
      'mgmt-iface': value('9'),
      capability: [
        { type: 'Bridge', enabled: true },
        { type: 'Router', enabled: true },
      ],
    },
  ],
  port: [
    {
      id: [{ type: 'ifname', value: 'Ethernet1/7' }],
      descr: value('to rack 4'),
      ttl: value('120'),
      mfs: value('9216'),
      aggregation: value('42'),
    },
  ],
  vlan: [
    { 'vlan-id': '101', pvid: true, value: 'blue5' },
    { 'vlan-id': '200', pvid: false, value: 'green' },
  ],
  ppvid: [{ value: '7', supported: true, enabled: false }],
  'unknown-tlvs': [{ 'unknown-tlv': [{ oui: '33,44,55', subtype: '44', len: '2', value: '45,4F' }] }],
};

/** The TLVs of the frame as they came over the wire, in its order. */
const tlvs = [
  [1, '0772312d636f7265'],
  [2, '0545746865726e6574312f37'],
  [3, '0078'],
  [4, '746f207261636b2034'],
  [5, '6c6561662d31'],
  [6, '537769746368204f532039'],
  [7, '00140014'],
  [8, '05010a010203020000000900'],
  [127, '0080c2010065'],
  [127, '0080c203006505626c756535'],
  [127, '0080c20300c805677265656e'],
  [127, '0080c202020007'],
  [127, '00120f03030000002a'],
  [127, '00120f042400'],
  [127, '3344552c454f'],
  [0, ''],
];

const readWith = async (test: { after(hook: () => void): void }, result?: string | CommandResult) => {
  const commands = result === undefined ? {} : { 'lldpctl -f json0': result };
  const machine = openMachine(fakeSurroundings(fakeSysfs(test), { commands }));
  return { lldp: await readLldp(machine), reasons: machine.notes.all().map(({ reason }) => reason) };
};

describe('reading LLDP from lldpd', () => {
  it('puts the TLVs of a neighbour together again', async (t) => {
    const output = JSON.stringify({ lldp: [{ interface: [neighbour] }] });

    assert.deepEqual(await readWith(t, output), { lldp: { eth0: tlvs }, reasons: [] });
  });

  it('takes the first neighbour behind an interface, and no other protocol', async (t) => {
    const other = { ...neighbour, port: [] };
    const cdp = { ...neighbour, via: 'CDPv2', name: 'eth1' };
    const output = JSON.stringify({ lldp: [{ interface: [neighbour, other, cdp, { via: 'LLDP' }, 5] }] });

    assert.deepEqual((await readWith(t, output)).lldp, { eth0: tlvs });
  });

  it('knows no neighbours when lldpd has heard none', async (t) => {
    assert.deepEqual(await readWith(t, '{"lldp": [{}]}'), { lldp: {}, reasons: [] });
  });

  it('says why there is nothing', async (t) => {
    const denied = {
      outcome: 'exited',
      code: 1,
      stdout: '',
      stderr: 'unable to connect to socket\n',
    } as const;

    assert.deepEqual(await readWith(t), { lldp: {}, reasons: ['lldpd is not installed'] });
    assert.deepEqual((await readWith(t, denied)).reasons, ['lldpctl failed: unable to connect to socket']);
    assert.deepEqual((await readWith(t, { outcome: 'failed', reason: 'killed' })).reasons, [
      'lldpctl failed: killed',
    ]);
    assert.deepEqual((await readWith(t, 'plain')).reasons, ['lldpctl printed no JSON']);
    assert.deepEqual((await readWith(t, '[]')).reasons, ['lldpctl printed no JSON']);
  });
});

describe('TLVs from the output of lldpctl', () => {
  it('reads MACs, addresses and unknown kinds of identifiers', () => {
    const ids = (chassis: JsonObject, port: JsonObject) =>
      lldpTlvs({ chassis: [{ id: [chassis] }], port: [{ id: [port] }] }).map(([, content]) => content);

    assert.deepEqual(
      ids({ type: 'mac', value: 'D6:be:95:04:ba:9d' }, { type: 'mac', value: '00:01:02:03:04:05' }),
      ['04d6be9504ba9d', '03000102030405', ''],
    );
    assert.deepEqual(ids({ type: 'ip', value: '10.0.0.1' }, { type: 'ip', value: '2001:db8::1' }), [
      '05010a000001',
      '040220010db8000000000000000000000001',
      '',
    ]);
    assert.deepEqual(ids({ type: 'unhandled', value: 'x' }, { type: 'ifalias', value: 'y' }), [
      '0778',
      '0179',
      '',
    ]);
    assert.deepEqual(ids({ type: 'mac', value: 'no mac' }, { type: 'ip', value: 'no address' }), [
      '046e6f206d6163',
      '046e6f2061646472657373',
      '',
    ]);
  });

  it('leaves the interface number out when it belongs to no address for certain', () => {
    const chassis = [
      { 'mgmt-ip': [...value('10.0.0.1'), ...value('fe80::1'), ...value('odd')], 'mgmt-iface': value('3') },
    ];

    assert.deepEqual(lldpTlvs({ chassis }), [
      [8, '05010a000001010000000000'],
      [8, '1102fe800000000000000000000000000001010000000000'],
      [0, ''],
    ]);
  });

  it('drops what is not of the expected form', () => {
    const odd: JsonObject = {
      chassis: 'x',
      port: [{ ttl: value('soon'), descr: 5, id: [{ type: 'mac' }] }],
      vlan: [{ 'vlan-id': 'x', pvid: true }, { 'vlan-id': '5', pvid: true }, 7],
      ppvid: [{}, { value: '9', enabled: true }],
      'unknown-tlvs': [{ 'unknown-tlv': [{ oui: 'zz', value: null }, {}] }],
    };

    assert.deepEqual(lldpTlvs(odd), [
      [127, '0080c2010005'],
      [127, '0080c202000000'],
      [127, '0080c202040009'],
      [0, ''],
    ]);
  });

  it('counts only capabilities that it knows', () => {
    const chassis = [
      { capability: [{ type: 'Station', enabled: false }, { type: 'TPMR', enabled: true }, { type: 'X' }] },
    ];

    assert.deepEqual(lldpTlvs({ chassis })[0], [7, '04800400']);
  });
});

describe('an address in LLDP', () => {
  it('is written in full, with its family', () => {
    assert.equal(lldpAddress('192.0.2.1'), '01c0000201');
    assert.equal(lldpAddress('::'), `02${'0'.repeat(32)}`);
    assert.equal(lldpAddress('2001:DB8::'), '0220010db8000000000000000000000000');
    assert.equal(lldpAddress('1:2:3:4:5:6:7:8'), '0200010002000300040005000600070008');
    assert.equal(lldpAddress('::ffff:192.0.2.1'), '0200000000000000000000ffffc0000201');
    assert.equal(lldpAddress('fe80::1%eth0'), null);
    assert.equal(lldpAddress('switch'), null);
  });
});
