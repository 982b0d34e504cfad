// Shows these lines of docs/compatibility.md: lldp-organisation-first, lldp-mau-number, lldp-subtype-unknown.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fullFrame, tlv } from '../../../testing/lldp-frame.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { parseLldp } from './parse-lldp.ts';

const parse = (...tlvs: JsonValue[]) => {
  const log = recordingLogger();
  return { fields: parseLldp(tlvs, { interface: 'eth0', log }), log };
};
const fieldsOf = (...tlvs: JsonValue[]) => parse(...tlvs).fields;

/** What a single TLV that gives nothing makes the log say after `LLDP of interface eth0: ignoring `. */
function complaint(reported: JsonValue): string {
  const { fields, log } = parse(reported);
  assert.deepEqual(fields, {});
  assert.equal(log.lines.length, 1);
  return (log.lines[0] ?? '').replace('LLDP of interface eth0: ignoring ', '');
}

describe('a whole frame', () => {
  it('is read into the names that operators know, in the order of the TLVs', () => {
    const { fields, log } = parse(...fullFrame(2));

    assert.deepEqual(Object.entries(fields), [
      ['switch_chassis_id', '02:aa:00:bb:00:c1'],
      ['switch_port_id', 'Ethernet1/7'],
      ['switch_port_description', 'to rack 4'],
      ['switch_system_name', 'leaf-1'],
      ['switch_system_description', 'Switch OS 9'],
      ['switch_capabilities_support', ['Bridge', 'Router']],
      ['switch_capabilities_enabled', ['Bridge']],
      ['switch_mgmt_addresses', ['192.0.2.7', '2001:db8::7', '02:aa:00:bb:00:c1']],
      ['switch_port_untagged_vlan_id', 101],
      ['switch_port_protocol_vlan_enabled', true],
      ['switch_port_protocol_vlan_support', true],
      ['switch_port_protocol_vlan_ids', [200]],
      [
        'switch_port_vlans',
        [
          { name: 'vlan-x', id: 100 },
          { name: 'vlan-x', id: 101 },
        ],
      ],
      ['switch_protocol_identities', ['0026']],
      ['switch_port_management_vlan_id', 1024],
      ['switch_port_link_aggregation_enabled', true],
      ['switch_port_link_aggregation_support', true],
      ['switch_port_link_aggregation_id', 170],
      ['switch_port_autonegotiation_enabled', true],
      ['switch_port_autonegotiation_support', true],
      [
        'switch_port_physical_capabilities',
        ['1000BASE-T fdx', '100BASE-TX fdx', '100BASE-TX hdx', '10BASE-T fdx', '10BASE-T hdx'],
      ],
      ['switch_port_mau_type', '1000BASE-T full duplex'],
      ['switch_port_mtu', 9216],
    ]);
    assert.deepEqual(log.lines, []);
  });

  it('is read in any order: TLVs of organisations count from the first on', () => {
    assert.deepEqual(fieldsOf(...fullFrame().toReversed()).switch_port_mtu, 9216);
    assert.deepEqual(fieldsOf(tlv(127, '00120f042400')), { switch_port_mtu: 9216 });
  });

  it('keeps the first of several values, and all items of lists', () => {
    const fields = fieldsOf(
      tlv(5, '', 'first'),
      tlv(5, '', 'second'),
      tlv(127, '0080c20206000a'),
      tlv(127, '0080c202000014'),
    );

    assert.deepEqual(fields, {
      switch_system_name: 'first',
      switch_port_protocol_vlan_enabled: true,
      switch_port_protocol_vlan_support: true,
      switch_port_protocol_vlan_ids: [10, 20],
    });
  });
});

describe('ids', () => {
  const forms = (type: number, name: string, subtypes: readonly number[], digits: string) =>
    subtypes.map((subtype) => fieldsOf(tlv(type, `0${subtype}${digits}`))[name]);

  it('of switches are text, MAC addresses or network addresses, by subtype', () => {
    assert.deepEqual(
      forms(1, 'switch_chassis_id', [1, 2, 3, 6, 7], '7231'),
      Array.from({ length: 5 }, () => 'r1'),
    );
    assert.deepEqual(forms(1, 'switch_chassis_id', [4], '02aabbccddeeff'), ['02:aa:bb:cc:dd:ee']);
    assert.deepEqual(forms(1, 'switch_chassis_id', [5], '01c000020f'), ['192.0.2.15']);
    assert.deepEqual(forms(1, 'switch_chassis_id', [7], ''), ['']);
  });

  it('of ports are text, MAC addresses or network addresses, by subtype', () => {
    assert.deepEqual(
      forms(2, 'switch_port_id', [1, 2, 5, 7], '7231'),
      Array.from({ length: 4 }, () => 'r1'),
    );
    assert.deepEqual(forms(2, 'switch_port_id', [3], '02aabbccddee'), ['02:aa:bb:cc:dd:ee']);
    assert.deepEqual(forms(2, 'switch_port_id', [4], '0220010db8000000000000000000000001'), ['2001:db8::1']);
  });

  it('of other subtypes and families are left out without a warning', () => {
    assert.equal(complaint(tlv(1, '0041')), 'debug: TLV 1 (chassis id): subtype 0 is not known');
    assert.equal(complaint(tlv(1, '0841')), 'debug: TLV 1 (chassis id): subtype 8 is not known');
    assert.equal(complaint(tlv(2, '0641')), 'debug: TLV 2 (port id): subtype 6 is not known');
    assert.equal(
      complaint(tlv(1, '051041')),
      'debug: TLV 1 (chassis id): addresses of family 16 are not known',
    );
  });

  it('that are cut off are left out', () => {
    assert.equal(complaint(tlv(1, '')), 'warning: TLV 1 (chassis id): expected at least 1 octets, got 0');
    assert.equal(complaint(tlv(2, '03aabb')), 'warning: TLV 2 (port id): expected at least 6 octets, got 2');
    assert.equal(complaint(tlv(2, '04')), 'warning: TLV 2 (port id): expected at least 1 octets, got 0');
  });
});

describe('the basic management set', () => {
  it('has texts, which may be empty and hold NULs', () => {
    assert.deepEqual(fieldsOf(tlv(4, ''), tlv(5, '', 'a\0'), tlv(6, 'efbbbf', 'ü\n')), {
      switch_port_description: '',
      switch_system_name: 'a\0',
      switch_system_description: '\ufeffü\n',
    });
    assert.equal(complaint(tlv(5, 'ff61')), 'warning: TLV 5 (system name): expected text in UTF-8');
  });

  it('has capabilities of the switch', () => {
    const all =
      'Repeater,Bridge,WLAN,Router,Telephone,DOCSIS cable device,Station only,C-Vlan,S-Vlan,TPMR'.split(',');

    assert.deepEqual(fieldsOf(tlv(7, 'fffff801')), {
      switch_capabilities_support: all,
      switch_capabilities_enabled: [],
    });
    const short = 'warning: TLV 7 (system capabilities): expected 4 octets, got 3';
    assert.equal(complaint(tlv(7, '001400')), short);
  });

  it('has addresses of the management', () => {
    assert.equal(
      complaint(tlv(8, '')),
      'warning: TLV 8 (management address): expected at least 1 octets, got 0',
    );
    assert.equal(
      complaint(tlv(8, '0501c0')),
      'warning: TLV 8 (management address): expected at least 4 octets, got 1',
    );
    assert.equal(
      complaint(tlv(8, '0507c000020f')),
      'debug: TLV 8 (management address): addresses of family 7 are not known',
    );
  });

  it('has types that say nothing', () => {
    assert.deepEqual(parse(tlv(0, ''), tlv(3, '0078')).log.lines, []);
    assert.equal(complaint(tlv(9, '00')), 'debug: TLV 9 (unknown): there is no such type');
    assert.equal(complaint(tlv(-1, '00')), 'debug: TLV -1 (unknown): there is no such type');
  });
});

describe('TLVs of organisations', () => {
  it('need the number of an organisation that is known', () => {
    assert.equal(
      complaint(tlv(127, '0080c2')),
      'warning: TLV 127 (organisationally specific): expected at least 4 octets, got 3',
    );
    assert.equal(
      complaint(tlv(127, '0012bb0100')),
      'warning: TLV 127 (organisation 0012bb, subtype 1): the organisation is not known',
    );
    assert.equal(
      complaint(tlv(127, '0080c26300')),
      'debug: TLV 127 (organisation 0080c2, subtype 99): the subtype is not known',
    );
  });

  it('may have more octets than are read, where a later revision may append some', () => {
    assert.deepEqual(fieldsOf(tlv(127, '0080c201006599'), tlv(127, '0080c20400ff')), {
      switch_port_untagged_vlan_id: 101,
      switch_protocol_identities: [''],
    });
  });

  it('lose the padding of VLAN names', () => {
    assert.deepEqual(fieldsOf(tlv(127, '0080c203000104', 'a\0b\0'), tlv(127, '0080c203000200')), {
      switch_port_vlans: [
        { name: 'a\0b', id: 1 },
        { name: '', id: 2 },
      ],
    });
  });

  const cutOff: Record<string, string> = {
    '0080c20100': '802.1 port VLAN): expected at least 2 octets, got 1',
    '0080c2020600': '802.1 port and protocol VLAN): expected 3 octets, got 2',
    '0080c2030065': '802.1 VLAN name): expected at least 3 octets, got 2',
    '0080c203006507': '802.1 VLAN name): expected at least 10 octets, got 3',
    '0080c203006501ff': '802.1 VLAN name): expected text in UTF-8',
    '0080c204': '802.1 protocol identity): expected at least 1 octets, got 0',
    '0080c2040200': '802.1 protocol identity): expected at least 3 octets, got 2',
    '0080c206': '802.1 management VLAN): expected at least 2 octets, got 0',
    '0080c20703': '802.1 link aggregation): expected 5 octets, got 1',
    '00120f01036c11': '802.3 MAC/PHY configuration): expected 5 octets, got 3',
    '00120f03030000000000': '802.3 link aggregation): expected 5 octets, got 6',
    '00120f04': '802.3 maximum frame size): expected at least 2 octets, got 0',
  };
  for (const [digits, text] of Object.entries(cutOff)) {
    it(`give nothing when their form is not right: ${digits}`, () => {
      assert.equal(complaint(tlv(127, digits)), `warning: TLV 127 (${text}`);
    });
  }

  it('tell apart what is supported and what is enabled', () => {
    const flags = (digits: string, name: string) => {
      const fields = fieldsOf(tlv(127, digits));
      return [fields[`${name}_support`], fields[`${name}_enabled`]];
    };

    assert.deepEqual(flags('0080c202020001', 'switch_port_protocol_vlan'), [true, false]);
    assert.deepEqual(flags('0080c202040001', 'switch_port_protocol_vlan'), [false, true]);
    assert.deepEqual(flags('00120f030100000000', 'switch_port_link_aggregation'), [true, false]);
    assert.deepEqual(flags('00120f030200000000', 'switch_port_link_aggregation'), [false, true]);
    assert.deepEqual(flags('00120f010100000010', 'switch_port_autonegotiation'), [true, false]);
    assert.deepEqual(flags('00120f010200000010', 'switch_port_autonegotiation'), [false, true]);
  });

  it('name kinds of media, and give the number of those that have no name yet', () => {
    const media = ['0000', '0035', '0036', '0066', '0068', '0069', 'ffff'].map(
      (number) => fieldsOf(tlv(127, `00120f01000000${number}`)).switch_port_mau_type,
    );

    assert.deepEqual(media, [
      'Unknown',
      '1000BASE-PX20U',
      '10GBASE-T',
      '100GBASE-SR4',
      '5GBASE-T',
      'MAU type 105',
      'MAU type 65535',
    ]);
  });
});
