import type { JsonValue } from '../src/json/json-value.ts';

/** A TLV as a ramdisk reports it: text is written as its octets in UTF-8 after the digits. */
export function tlv(type: number, digits: string, text = ''): JsonValue {
  return [type, digits + Buffer.from(text, 'utf8').toString('hex')];
}

/** What a talkative switch sends: every kind of TLV that is understood, and `vlans` names of VLANs. */
export function fullFrame(vlans = 4): JsonValue[] {
  const number = (index: number) => (100 + index).toString(16).padStart(4, '0');
  return [
    tlv(1, '0402aa00bb00c1'),
    tlv(2, '05', 'Ethernet1/7'),
    tlv(3, '0078'),
    tlv(4, '', 'to rack 4'),
    tlv(5, '', 'leaf-1'),
    tlv(6, '', 'Switch OS 9'),
    tlv(7, '00140004'),
    tlv(8, '0501c00002070200000009', '\0'),
    tlv(8, '110220010db80000000000000000000000070200000009', '\0'),
    tlv(8, '070602aa00bb00c1020000000900'),
    tlv(127, '0080c2010065'),
    tlv(127, '0080c2020600c8'),
    ...Array.from({ length: vlans }, (_, index) => tlv(127, `0080c203${number(index)}06`, 'vlan-x')),
    tlv(127, '0080c204020026'),
    tlv(127, '0080c2060400'),
    tlv(127, '0080c20703000000aa'),
    tlv(127, '00120f01036c01001e'),
    tlv(127, '00120f042400'),
    tlv(0, ''),
  ];
}
