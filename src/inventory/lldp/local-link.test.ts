import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fullFrame, tlv } from '../../../testing/lldp-frame.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { localLink } from './local-link.ts';

function linkOf(...tlvs: JsonValue[]) {
  const log = recordingLogger();
  return { link: Object.fromEntries(localLink(tlvs, { interface: 'eth0', log })), log };
}

describe('the link to a switch', () => {
  it('is told by the ids of switch and port, without a word on other TLVs', () => {
    const { link, log } = linkOf(...fullFrame(), tlv(9, '00'), tlv(5, 'ff'));

    assert.deepEqual(link, { switch_id: '02:aa:00:bb:00:c1', port_id: 'Ethernet1/7' });
    assert.deepEqual(log.lines, []);
  });

  it('has the id of a switch only where that is a MAC address', () => {
    assert.deepEqual(linkOf(tlv(1, '07', '02:aa:00:bb:00:c1'), tlv(1, '0501c000020f')).link, {});
    assert.deepEqual(linkOf(tlv(2, '0302aabbccddee')).link, { port_id: '02:aa:bb:cc:dd:ee' });
    assert.deepEqual(linkOf(tlv(2, '0401c000020f')).link, { port_id: '192.0.2.15' });
  });

  it('is told by the last of several values', () => {
    assert.deepEqual(linkOf(tlv(2, '05', 'first'), tlv(2, '05', 'second'), tlv(2, '05')).link, {
      port_id: 'second',
    });
  });

  it('is not told by what is odd, and the log says so', () => {
    const { link, log } = linkOf(
      [1, '0411223'],
      tlv(1, '04'),
      tlv(2, ''),
      tlv(2, '07ff'),
      tlv(2, '0641'),
      tlv(2, '0541'),
    );

    assert.deepEqual(link, { port_id: 'A' });
    assert.deepEqual(log.lines, [
      'warning: LLDP of interface eth0: ignoring TLV 1 (item 1): expected pairs of hexadecimal digits',
      'warning: LLDP of interface eth0: ignoring TLV 1 (chassis id): expected at least 6 octets, got 0',
      'warning: LLDP of interface eth0: ignoring TLV 2 (port id): expected at least 1 octets, got 0',
      'warning: LLDP of interface eth0: ignoring TLV 2 (port id): expected text in UTF-8',
      'debug: LLDP of interface eth0: ignoring TLV 2 (port id): subtype 6 is not known',
    ]);
  });
});
