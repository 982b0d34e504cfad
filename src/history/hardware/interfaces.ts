import { localLink } from '../../inventory/lldp/local-link.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { silentLogger } from '../../logging/logger.ts';
import { type Component, known, knownOf, type Section } from './component.ts';
import type { ExtraFacts } from './extra-facts.ts';
import { member, reported } from './read-parts.ts';

/** Interfaces, known by their MAC; addresses that DHCP gave are not hardware. */
export function interfaces(data: JsonObject, extra: ExtraFacts): Section | undefined {
  const all = reported(member(data.inventory, 'interfaces'));
  if (all === undefined) return undefined;
  const components = all.map((one) => interfaceOf(one, data.lldp_raw, extra));
  return { kind: 'interface', firmPlace: 'pci_address', components };
}

function interfaceOf(one: JsonObject, lldp: JsonValue | undefined, extra: ExtraFacts): Component {
  const name = known(one.name) ?? 'unnamed';
  return {
    name,
    identities: knownOf({ mac: known(one.mac_address)?.toLowerCase(), client_id: one.client_id }),
    places: knownOf({ pci_address: one.pci_address, name }),
    properties: knownOf({
      carrier: one.has_carrier,
      speed_mbps: one.speed_mbps,
      vendor: one.vendor,
      product: one.product,
      driver: one.driver,
      switch_port: switchPort(member(lldp, name) ?? one.lldp, name),
      firmware: extra.get('network')?.get(name)?.get('firmware'),
    }),
  };
}

/** Where the cable ends, as the switch says by LLDP: `Ethernet1/7 of 00:11:22:33:44:55`. */
function switchPort(tlvs: JsonValue | undefined, name: string): string | undefined {
  if (!Array.isArray(tlvs)) return undefined;
  const link = localLink(tlvs, { interface: name, log: silentLogger() });
  const [port, of] = [link.get('port_id'), link.get('switch_id')];
  if (port === undefined || of === undefined) return port ?? of;
  return `${port} of ${of}`;
}
