import { isIP } from 'node:net';
import { isGone } from '../../bare-metal/is-gone.ts';
import { list, map, type OptionsOf, optionGroup, text } from '../../config/option.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { bmcAddressesOf } from '../../inventory/bmc-addresses.ts';
import { macsOf } from '../../inventory/interface-table.ts';
import type { RamdiskData } from '../../inventory/ramdisk-data.ts';
import type { Logger } from '../../logging/logger.ts';
import type { NodeNotFoundContext, NodeNotFoundHook } from '../node-not-found-hook.ts';

export const discoveryOptions = optionGroup('discovery', {
  enroll_node_driver: text({
    default: 'fake-hardware',
    help: 'The driver of the nodes that the enroll hook creates.',
  }),
  enroll_node_fields: map({
    default: {},
    help: 'Further top-level fields of the nodes that the enroll hook creates, as text.',
  }),
  enabled_bmc_address_version: list({
    default: ['4', '6'],
    help: "The IP versions of the BMC's address that the enroll hook gives to a node, the preferred one first.",
  }),
});

type Options = OptionsOf<typeof discoveryOptions.options>;

/** Creates a node for a machine that matches none. It starts in provision state `enroll`. */
export function enrollHook(options: Options): NodeNotFoundHook {
  return {
    name: 'enroll',
    async handle(data, context) {
      const bmcAddress = preferredBmcAddress(data, options.enabled_bmc_address_version, context.log);
      const isMade = await requireNew(data, bmcAddress, context);
      data.auto_discovered = true;
      if (isMade) return context.newUuid;
      return createNode(options, bmcAddress, context);
    },
  };
}

/** What is no IP address would end up in the node's `driver_info` (docs/compatibility.md, enroll-bmc-text). */
function preferredBmcAddress(
  data: RamdiskData,
  versions: readonly string[],
  log: Logger,
): string | undefined {
  const { ipv4, ipv6 } = bmcAddressesOf(data);
  for (const version of versions) {
    const address = version === '4' ? ipv4 : version === '6' ? ipv6 : undefined;
    if (address !== undefined && isIP(address) === Number(version)) return address;
  }
  log.warning('No BMC address in the introspection data, the node will have no driver_info');
  return undefined;
}

/**
 * @throws InspectorError `invalid` when a port has one of the MAC addresses, or a node the BMC's address, and
 *   when there is neither: nothing would find the node again, and each callback would make another one
 *   (docs/compatibility.md, enroll-needs-address).
 */
async function requireNew(
  data: RamdiskData,
  bmcAddress: string | undefined,
  context: NodeNotFoundContext,
): Promise<boolean> {
  const macs = [...new Set(macsOf(data))];
  if (macs.length === 0 && bmcAddress === undefined) {
    throw new InspectorError(
      'invalid',
      'Expected a MAC address or a BMC address in the introspection data, got neither: no node is created',
    );
  }
  if (macs.length === 0)
    context.log.warning('No MAC addresses in the introspection data, not looking for existing ports');
  for (const mac of macs) {
    const port = await context.bareMetal.findPortByAddress(mac);
    if (port !== undefined) {
      throw new InspectorError('invalid', `Port ${mac} already exists, uuid: ${port.uuid}`);
    }
  }
  if (bmcAddress === undefined) return false;
  const node = await context.findNodeByBmcAddress([bmcAddress]);
  if (node === undefined) return false;
  if (node === context.newUuid && (await isLost(context))) return true;
  throw new InspectorError('invalid', `Node ${node} already has BMC address ${bmcAddress}`);
}

/** The node that was made for this machine, and then nothing was recorded of it (docs/compatibility.md, enroll-no-orphans). */
async function isLost(context: NodeNotFoundContext): Promise<boolean> {
  const { bareMetal, newUuid, log } = context;
  if (await context.isRecorded(newUuid)) return false;
  const { provision_state: state } = await bareMetal.getNode(newUuid);
  if (state !== 'enroll') return false;
  log.info(`Going on with the node ${newUuid}, which was made for this machine and not recorded`);
  return true;
}

/** `undefined`, with the reason in the log, when the bare metal service refuses; while it is away, it throws. */
async function createNode(
  options: Options,
  bmcAddress: string | undefined,
  context: NodeNotFoundContext,
): Promise<string | undefined> {
  const { bareMetal, log, newUuid } = context;
  // Always this key, whatever the driver; a rule or the operator moves it where the driver wants it.
  const driverInfo = bmcAddress === undefined ? {} : { ipmi_address: bmcAddress };
  const fields = {
    ...options.enroll_node_fields,
    uuid: newUuid,
    driver: options.enroll_node_driver,
    driver_info: driverInfo,
  };
  try {
    const { uuid } = await bareMetal.createNode(fields);
    log.info(`Enrolled the node ${uuid}`);
    return uuid;
  } catch (error) {
    if (!(error instanceof InspectorError) || error.kind === 'unavailable') throw error;
    // Nothing but a look tells whether the UUID is taken, or a name among the configured fields.
    const isTaken = error.kind === 'conflict' && !(await isGone(bareMetal, newUuid));
    if (isTaken && (await isLost(context))) return newUuid;
    log.error(`Failed to create a node with the driver ${options.enroll_node_driver}: ${messageOf(error)}`, {
      error,
    });
    return undefined;
  }
}
