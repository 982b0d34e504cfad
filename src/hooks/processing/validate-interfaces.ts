import { bool, choice, type OptionsOf, optionGroup } from '../../config/option.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { reportedBmcAddresses } from '../../inventory/bmc-addresses.ts';
import { asObject, entriesOf, interfaceTable, macsOf } from '../../inventory/interface-table.ts';
import { inventoryOf } from '../../inventory/inventory.ts';
import { pxeMacOf } from '../../inventory/pxe-mac.ts';
import type { RamdiskData } from '../../inventory/ramdisk-data.ts';
import { addPortsChoices, suitableInterfaces } from '../../inventory/suitable-interfaces.ts';
import { pythonRepr } from '../../json/python-repr.ts';
import type { Logger } from '../../logging/logger.ts';
import type { NodeDraft } from '../../nodes/node-draft.ts';
import { createPorts, deleteOtherPorts, setPxeEnabled } from '../node-ports.ts';
import type { ProcessingHook } from '../processing-hook.ts';
import type { processingOptions } from '../processing-options.ts';

export const validateInterfacesOptions = optionGroup('processing', {
  add_ports: choice(addPortsChoices, {
    default: 'pxe',
    help: 'Which MAC addresses to add as ports: all; active, those of NICs with an IP address; pxe, that of the NIC that the ramdisk booted from, or like active when it is unknown; disabled, none.',
  }),
  keep_ports: choice(['all', 'present', 'added'], {
    default: 'all',
    help: 'Which ports to keep: all; present, those whose MAC address is in the inventory; added, those whose MAC address was chosen by add_ports.',
  }),
  update_pxe_enabled: bool({
    default: true,
    help: 'Whether to keep pxe_enabled of ports in line with the NIC that the ramdisk booted from. Existing ports change only if overwrite_existing is set.',
  }),
});

type Options = OptionsOf<typeof validateInterfacesOptions.options> &
  Pick<OptionsOf<typeof processingOptions.options>, 'overwrite_existing'>;

/**
 * Finds the machine's NICs and BMC addresses, by which the node is looked up, and brings the node's ports in
 * line with the NICs.
 *
 * @throws InspectorError `invalid` when `add_ports` and `keep_ports` contradict each other.
 */
export function validateInterfacesHook(options: Options): ProcessingHook {
  if (options.add_ports === 'disabled' && options.keep_ports === 'added') {
    throw new InspectorError(
      'invalid',
      'Configuration error: add_ports set to disabled and keep_ports set to added. Please change keep_ports to all.',
    );
  }
  return {
    name: 'validate_interfaces',
    beforeProcessing: (data, { log }) => findInterfaces(data, options, log),
    beforeUpdate: (data, node, { log }) => updatePorts(data, node, options, log),
  };
}

/**
 * Sets `ipmi_address`, `ipmi_v6address`, `all_interfaces`, `interfaces` and `macs` of the document. All NICs
 * are written down before one is chosen, so that the node is found even when none is suitable
 * (docs/compatibility.md, interfaces-before-selection).
 */
function findInterfaces(data: RamdiskData, options: Options, log: Logger): void {
  const { ipv4, ipv6 } = reportedBmcAddresses(data);
  data.ipmi_address = ipv4;
  data.ipmi_v6address = ipv6;
  if (ipv4 === null && ipv6 === null) log.debug('No BMC address in the introspection data');
  const pxeMac = pxeMacOf(data);
  const table = interfaceTable(inventoryOf(data, log).interfaces, pxeMac, log);
  data.all_interfaces = asObject(table);
  if (table.size === 0) throw new InspectorError('invalid', 'No interfaces supplied by the ramdisk');
  const suitable = suitableInterfaces(table, options.add_ports, pxeMac, log);
  if (suitable.size === 0) {
    const message = `No suitable interfaces found in ${pythonRepr(asObject(table))}`;
    throw new InspectorError('invalid', message);
  }
  data.interfaces = asObject(suitable);
  data.macs = [...suitable.values()].map((entry) => entry.mac);
}

function updatePorts(data: RamdiskData, node: NodeDraft, options: Options, log: Logger): void {
  const interfaces = entriesOf(data.interfaces);
  // Unless the boot NIC is known, nothing can be said of pxe_enabled; the original turns it off for every
  // port then (docs/compatibility.md, pxe-enabled-unknown).
  const bootNicIsKnown = options.update_pxe_enabled && pxeMacOf(data) !== undefined;
  if (options.add_ports !== 'disabled') {
    createPorts(node, interfaces, bootNicIsKnown ? 'as booted' : 'always', log);
  }
  if (['active', 'rescue'].includes(node.node.provision_state.toLowerCase())) return;
  if (options.keep_ports !== 'all') {
    const expected = options.keep_ports === 'present' ? macsOf(data) : interfaces.map(({ mac }) => mac);
    deleteOtherPorts(node, new Set(expected), log);
  }
  if (options.overwrite_existing && bootNicIsKnown) setPxeEnabled(node, interfaces);
}
