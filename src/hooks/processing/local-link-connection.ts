import type { Patch } from '../../bare-metal/bare-metal-service.ts';
import type { OptionsOf } from '../../config/option.ts';
import { textOf } from '../../inventory/inventory.ts';
import { type LinkItem, localLink } from '../../inventory/lldp/local-link.ts';
import { type Neighbour, neighbours } from '../../inventory/lldp/neighbours.ts';
import { isMacAddress } from '../../inventory/mac-address.ts';
import { isObject } from '../../json/json-value.ts';
import type { Logger } from '../../logging/logger.ts';
import type { DraftPort, NodeDraft } from '../../nodes/node-draft.ts';
import { connectivityIsFixed } from '../connectivity.ts';
import type { ProcessingHook } from '../processing-hook.ts';
import type { processingOptions } from '../processing-options.ts';

type Options = Pick<OptionsOf<typeof processingOptions.options>, 'overwrite_existing'>;

type Link = ReadonlyMap<LinkItem, string>;

/**
 * Sets `switch_id` and `port_id` of the ports' `local_link_connection`, by which a network service finds the
 * switch port to configure, from LLDP: from what `lldp_basic` made of it if that hook comes before, else from
 * the TLVs. MAC addresses are compared without regard to case (docs/compatibility.md, nic-mac-case).
 */
export function localLinkConnectionHook(options: Options): ProcessingHook {
  return {
    name: 'local_link_connection',
    beforeUpdate(data, node, { log }) {
      const found = neighbours(data, log);
      if (connectivityIsFixed(node, log)) return;
      for (const neighbour of found) {
        const port = neighbour.mac === undefined ? undefined : node.ports.get(neighbour.mac);
        if (port === undefined) {
          log.debug(
            `Interface ${neighbour.interface.slice(0, 64)} has no port: not looking at its LLDP data`,
          );
        } else {
          updatePort(node, port, neighbour, options, log);
        }
      }
    },
  };
}

function updatePort(
  node: NodeDraft,
  port: DraftPort,
  neighbour: Neighbour,
  options: Options,
  log: Logger,
): void {
  const { interface: name, tlvs } = neighbour;
  if (tlvs === undefined) {
    log.warning(`No LLDP data found for interface ${name.slice(0, 64)}`);
    return;
  }
  const known = isObject(port.local_link_connection) ? port.local_link_connection : {};
  const settable = (link: Link): Link =>
    new Map([...link].filter(([item]) => options.overwrite_existing || !Object.hasOwn(known, item)));
  const processed = settable(processedLink(neighbour, log));
  const link = processed.size > 0 ? processed : settable(localLink(tlvs, { interface: name, log }));
  if (link.size === 0) return;
  // The service refuses what it finds incomplete, such as a port's id without a switch's.
  node.patchPort(port.address, linkPatch(port, link), { refusalIsHarmless: true });
}

/** What `lldp_basic` found; ids of switches that are no MAC addresses are of no use. */
function processedLink({ entry, interface: name }: Neighbour, log: Logger): Link {
  const link = new Map<LinkItem, string>();
  if (!isObject(entry.lldp_processed)) return link;
  const { switch_chassis_id: chassis, switch_port_id: port } = entry.lldp_processed;
  const switchId = textOf(chassis);
  if (switchId !== undefined && isMacAddress(switchId)) link.set('switch_id', switchId);
  else if (switchId !== undefined) {
    log.info(`The chassis id of interface ${name.slice(0, 64)} is no MAC address: no switch_id from it`);
  }
  const portId = textOf(port);
  if (portId !== undefined) link.set('port_id', portId);
  return link;
}

/** Of a port that does not exist yet it is not known that it will have an empty connection. */
function linkPatch(port: DraftPort, link: Link): Patch {
  const path = '/local_link_connection';
  if (!isObject(port.local_link_connection)) {
    return [{ op: 'add', path, value: Object.fromEntries(link) }];
  }
  return [...link].map(([item, value]) => ({ op: 'add', path: `${path}/${item}`, value }));
}
