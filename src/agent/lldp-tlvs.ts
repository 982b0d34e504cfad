import { type JsonObject, type JsonValue, objectsIn } from '../json/json-value.ts';
import type { LldpTlv } from './introspection-document.ts';
import { lldpAddress } from './lldp-address.ts';

/** Subtypes of chassis and port ids (IEEE 802.1AB, 8.5.2 and 8.5.3) by lldpd's words. Others read as locally assigned. */
const chassisSubtypes = new Map([
  ['ifalias', 2],
  ['mac', 4],
  ['ip', 5],
  ['ifname', 6],
]);
const portSubtypes = new Map([
  ['ifalias', 1],
  ['mac', 3],
  ['ip', 4],
  ['ifname', 5],
]);
const locallyAssigned = 7;

/** Bits of the system capabilities (IEEE 802.1AB, 8.5.8) by lldpd's words. */
const capabilities = new Map(
  ['Other', 'Repeater', 'Bridge', 'Wlan', 'Router', 'Tel', 'Docsis', 'Station', 'CVLAN', 'SVLAN', 'TPMR'].map(
    (name, index) => [name, 1 << index],
  ),
);

const organisation = 127;
const dot1 = '0080c2';
const dot3 = '00120f';

/**
 * The TLVs that a neighbour sent, put together again from what lldpd made of them, end of the frame included. Those
 * that lldpd shows in part only (auto-negotiation, power, LLDP-MED) are left out (docs/compatibility.md, agent-lldp).
 *
 * @param neighbour an `interface` of the output of `lldpctl -f json0`
 */
export function lldpTlvs(neighbour: JsonObject): LldpTlv[] {
  const chassis = first(neighbour.chassis);
  const port = first(neighbour.port);
  return [
    ...identifier(1, first(chassis.id), chassisSubtypes),
    ...identifier(2, first(port.id), portSubtypes),
    ...number(3, '', first(port.ttl).value, 2),
    ...text(4, first(port.descr).value),
    ...text(5, first(chassis.name).value),
    ...text(6, first(chassis.descr).value),
    ...systemCapabilities(objectsIn(chassis.capability)),
    ...managementAddresses(chassis),
    ...vlans(objectsIn(neighbour.vlan)),
    ...objectsIn(neighbour.ppvid).map(protocolVlan),
    ...number(organisation, `${dot3}0303`, first(port.aggregation).value, 4),
    ...number(organisation, `${dot3}04`, first(port.mfs).value, 2),
    ...objectsIn(neighbour['unknown-tlvs'])
      .flatMap((list) => objectsIn(list['unknown-tlv']))
      .flatMap(unknown),
    [0, ''],
  ];
}

function identifier(type: number, id: JsonObject, subtypes: ReadonlyMap<string, number>): LldpTlv[] {
  const kind = textOf(id.type);
  const value = textOf(id.value);
  if (value === '') return [];
  return [[type, hex(subtypes.get(kind) ?? locallyAssigned, 1) + identifierValue(kind, value)]];
}

function identifierValue(kind: string, value: string): string {
  const isMac = kind === 'mac' && /^[0-9a-f]{2}(:[0-9a-f]{2})*$/i.test(value);
  if (isMac) return value.replaceAll(':', '').toLowerCase();
  return (kind === 'ip' ? lldpAddress(value) : null) ?? hexOfText(value);
}

function text(type: number, value: JsonValue | undefined): LldpTlv[] {
  return typeof value === 'string' ? [[type, hexOfText(value)]] : [];
}

function number(type: number, prefix: string, value: JsonValue | undefined, octets: number): LldpTlv[] {
  return isDecimal(value) ? [[type, prefix + hex(Number(value), octets)]] : [];
}

function systemCapabilities(list: readonly JsonObject[]): LldpTlv[] {
  if (list.length === 0) return [];
  const bits = (some: readonly JsonObject[]) =>
    some.reduce((sum, { type }) => sum + (capabilities.get(textOf(type)) ?? 0), 0);
  const enabled = list.filter((capability) => capability.enabled === true);
  return [[7, hex(bits(list), 2) + hex(bits(enabled), 2)]];
}

/** Addresses and interface numbers come as two lists, which belong together item by item when equally long. */
function managementAddresses(chassis: JsonObject): LldpTlv[] {
  const addresses = objectsIn(chassis['mgmt-ip']);
  const interfaces = objectsIn(chassis['mgmt-iface']);
  const paired = interfaces.length === addresses.length;
  return addresses.flatMap(({ value }, index): LldpTlv[] => {
    const address = lldpAddress(textOf(value));
    if (address === null) return [];
    const ifIndex = paired ? interfaces[index]?.value : undefined;
    // Numbering 2 counts by ifIndex, 1 is unknown; an empty object identifier ends the TLV.
    const numbering = isDecimal(ifIndex) ? `02${hex(Number(ifIndex), 4)}` : '0100000000';
    return [[8, `${hex(address.length / 2, 1)}${address}${numbering}00`]];
  });
}

/** The port's own VLAN, then the names of those that have one. */
function vlans(list: readonly JsonObject[]): LldpTlv[] {
  const known = list.filter((vlan) => isDecimal(vlan['vlan-id']));
  const numberOf = (vlan: JsonObject) => hex(Number(vlan['vlan-id']), 2);
  const own = known.filter(({ pvid }) => pvid === true);
  const named = known.filter(({ value }) => typeof value === 'string');
  return [
    ...own.map((vlan): LldpTlv => [organisation, `${dot1}01${numberOf(vlan)}`]),
    ...named.map((vlan): LldpTlv => {
      const name = hexOfText(textOf(vlan.value));
      return [organisation, `${dot1}03${numberOf(vlan)}${hex(name.length / 2, 1)}${name}`];
    }),
  ];
}

function protocolVlan({ value, supported, enabled }: JsonObject): LldpTlv {
  const flags = (supported === true ? 2 : 0) + (enabled === true ? 4 : 0);
  return [organisation, `${dot1}02${hex(flags, 1)}${hex(isDecimal(value) ? Number(value) : 0, 2)}`];
}

/** lldpd shows the octets of a TLV that it does not know as `33,44,55`. */
function unknown({ oui, subtype, value }: JsonObject): LldpTlv[] {
  const octets = (list: JsonValue | undefined) => textOf(list).replaceAll(',', '').toLowerCase();
  const content = `${octets(oui)}${isDecimal(subtype) ? hex(Number(subtype), 1) : ''}${octets(value)}`;
  return /^([0-9a-f]{2}){4,}$/.test(content) ? [[organisation, content]] : [];
}

function first(value: JsonValue | undefined): JsonObject {
  return objectsIn(value)[0] ?? {};
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isDecimal(value: JsonValue | undefined): boolean {
  return /^\d{1,10}$/.test(textOf(value));
}

/** The lowest octets of a number. */
function hex(value: number, octets: number): string {
  return value
    .toString(16)
    .padStart(2 * octets, '0')
    .slice(-2 * octets);
}

function hexOfText(value: string): string {
  return Buffer.from(value, 'utf8').toString('hex');
}
