import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { parseLldp } from '../inventory/lldp/parse-lldp.ts';
import { lldpTlvs } from './lldp-tlvs.ts';

const value = (text: string) => [{ value: text }];

describe('TLVs that the agent puts together', () => {
  it('are what the service understands, without a warning', () => {
    const log = recordingLogger();
    const tlvs = lldpTlvs({
      chassis: [
        {
          id: [{ type: 'mac', value: '02:AA:00:bb:00:c1' }],
          name: value('leaf-1'),
          descr: value('Switch OS 9'),
          'mgmt-ip': [...value('192.0.2.7'), ...value('2001:db8::7')],
          capability: [
            { type: 'Bridge', enabled: true },
            { type: 'Wlan', enabled: false },
          ],
        },
      ],
      port: [
        {
          id: [{ type: 'ip', value: '192.0.2.9' }],
          descr: value('to rack 4'),
          ttl: value('120'),
          mfs: value('9216'),
          aggregation: value('42'),
        },
      ],
      vlan: [{ 'vlan-id': '101', pvid: true, value: 'blue' }],
      ppvid: [{ value: '7', supported: true, enabled: false }],
    });

    const fields = parseLldp(JSON.parse(JSON.stringify(tlvs)), { interface: 'eth0', log });

    assert.deepEqual(fields, {
      switch_chassis_id: '02:aa:00:bb:00:c1',
      switch_port_id: '192.0.2.9',
      switch_port_description: 'to rack 4',
      switch_system_name: 'leaf-1',
      switch_system_description: 'Switch OS 9',
      switch_capabilities_support: ['Bridge', 'WLAN'],
      switch_capabilities_enabled: ['Bridge'],
      switch_mgmt_addresses: ['192.0.2.7', '2001:db8::7'],
      switch_port_untagged_vlan_id: 101,
      switch_port_vlans: [{ name: 'blue', id: 101 }],
      switch_port_protocol_vlan_enabled: false,
      switch_port_protocol_vlan_support: true,
      switch_port_protocol_vlan_ids: [7],
      switch_port_link_aggregation_enabled: true,
      switch_port_link_aggregation_support: true,
      switch_port_link_aggregation_id: 42,
      switch_port_mtu: 9216,
    });
    assert.deepEqual(log.lines, []);
  });
});
