import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { underLock } from '../coordination/under-lock.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import { bmcAddresses } from '../nodes/bmc-address.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { Registration } from '../nodes/register-node.ts';
import type { Stage } from '../nodes/stage.ts';
import { requireTransition } from '../nodes/states.ts';
import { endIntrospection } from './end.ts';
import { fetchNode } from './fetch-node.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';
import { aboutNode } from './logging-to.ts';
import { requireIntrospectable } from './provision-state.ts';
import { reachedNow } from './reached-now.ts';
import { retried } from './retry.ts';

/**
 * Starts an introspection. With managed boot the rest is done in the background, and its failures are in
 * the node's status; otherwise whoever asked boots the machine, and the preparation is done on return.
 *
 * @param options `alongside` is written with the beginning, or not at all.
 * @throws InspectorError when the node cannot be started; nothing is changed then.
 */
export async function startIntrospection(
  on: Introspection,
  ident: string,
  { manageBoot, ...more }: { manageBoot: boolean } & Pick<Registration, 'alongside'>,
): Promise<void> {
  const node = await fetchNode(on.bareMetal, ident);
  requireIntrospectable(node.provision_state, on.settings.permitActive);
  if (manageBoot) await requirePower(on, node.uuid);
  const addresses = await bmcAddresses(node, on.bmc, on.log);
  // A node that is being processed is refused at once, and not after a wait.
  await requireStartable(on, node.uuid);
  const release = await on.locks.acquire(node.uuid, on.settings.lockWait);
  let preparing = false;
  try {
    const record = await on.nodes.start(node.uuid, {
      manageBoot,
      attributes: { bmc_address: addresses },
      work: { kind: 'start', arguments: {}, data: null },
      ...more,
    });
    logFor(on.log, record).info(
      `Introspection started, managed boot: ${manageBoot}, BMC: ${addresses.join(', ') || 'not known'}`,
    );
    if (!manageBoot) return await prepareHeld(on, record);
    const prepare = () => prepareHeld(on, record).catch(() => {});
    on.background.submit(`start of ${node.uuid}`, () => underLock(release, prepare), on.log);
    preparing = true;
  } finally {
    if (!preparing) await release();
  }
}

/** @throws InspectorError `invalid` when its state does not accept a start. */
async function requireStartable(on: Pick<Introspection, 'nodes'>, uuid: string): Promise<void> {
  const record = await on.nodes.find(uuid);
  if (record !== undefined) requireTransition(record.state, 'start');
}

async function requirePower(on: Introspection, uuid: string): Promise<void> {
  try {
    await on.bareMetal.validatePower(uuid);
  } catch (error) {
    if (!(error instanceof InspectorError) || error.kind !== 'invalid') throw error;
    throw new InspectorError('invalid', `Failed validation of power interface: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Introspection while one machine is made to boot; what it has reached grows. */
interface Preparing extends Introspection {
  readonly reached: Stage[];
}

/**
 * Makes the machine boot the ramdisk, and the node `waiting`. The node is held throughout, so that a quick
 * ramdisk finds it `waiting` and not before. A failure ends the introspection and is thrown again.
 */
export async function prepareHeld(on: Introspection, record: NodeRecord): Promise<void> {
  const work: Preparing = { ...aboutNode(on, record), reached: [] };
  try {
    if (!(await isStill(work, record))) return;
    await openTheWay(work, record);
    await on.nodes.transition(record, 'wait', null, on.timeline.writing(work.reached));
    const advice = record.manageBoot ? '' : '; power the machine on to boot it';
    work.log.info(`Waiting for the ramdisk${advice}`);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) await recordFailure(work, record, error);
    else work.log.error(`The preparation is interrupted: ${messageOf(error)}`);
    throw error;
  }
}

async function recordFailure(on: Introspection, record: NodeRecord, error: unknown): Promise<void> {
  try {
    await endIntrospection(on, record, 'error', messageOf(error));
  } catch (lost) {
    on.log.error(`The failure could not be recorded: ${messageOf(lost)}`, stackFields(lost));
  }
}

/** It may have timed out, or been started anew, while its turn came. */
async function isStill(on: Pick<Introspection, 'nodes' | 'log'>, record: NodeRecord): Promise<boolean> {
  const now = await on.nodes.find(record.uuid);
  if (now?.versionId === record.versionId) return true;
  on.log.warning('Not prepared: the introspection has ended or was started anew meanwhile');
  return false;
}

async function openTheWay(on: Preparing, record: NodeRecord): Promise<void> {
  const ports = await on.bareMetal.listPortsOf(record.uuid);
  const macs = ports.map((port) => port.address.toLowerCase());
  if (macs.length > 0) {
    await on.nodes.addAttributes(record.uuid, { mac: macs });
    on.log.info(`Look-up by MAC addresses ${macs.join(', ')}`);
  }
  if (on.nodeNotFoundHook === undefined && !(await on.nodes.hasAttributes(record.uuid))) throw noAttributes();
  // Access is in force before the machine gets power.
  await on.pxeFilter.nodeChanged(record.uuid, ports);
  on.reached.push(
    reachedNow(on.clock, 'pxe-access-opened', { filter: on.pxeFilter.name, macs: macs.length }),
  );
  if (record.manageBoot) await powerOn(on, await on.bareMetal.getNode(record.uuid));
}

async function powerOn(on: Preparing, node: BareMetalNode): Promise<void> {
  const settings = { interval: on.settings.retryInterval, log: on.log };
  const { uuid } = node;
  try {
    const persistent = bootsPersistently(node.driver_info.force_persistent_boot_device);
    await retried(
      'Setting the boot device',
      () => on.bareMetal.setBootDevice(uuid, 'pxe', persistent),
      settings,
    );
    on.reached.push(reachedNow(on.clock, 'boot-device-set', { device: 'pxe', persistent }));
  } catch (error) {
    throw new InspectorError('invalid', `Failed to set boot device to PXE: ${messageOf(error)}`, {
      cause: error,
    });
  }
  await on.powerOnTurns.next();
  try {
    await retried('Rebooting', () => on.bareMetal.setPowerState(uuid, 'rebooting'), settings);
    on.reached.push(reachedNow(on.clock, 'power-on-acknowledged', { target: 'rebooting' }));
  } catch (error) {
    const hint = 'Failed to power on the node, check its power management configuration';
    throw new InspectorError('invalid', `${hint}: ${messageOf(error)}`, { cause: error });
  }
  on.log.info('Told the machine to boot from the network');
}

/** `driver_info.force_persistent_boot_device`: `Always`, or a word for yes. */
function bootsPersistently(value: unknown): boolean {
  if (typeof value !== 'string') return value === true;
  return value === 'Always' || ['t', 'true', 'on', 'y', 'yes', '1'].includes(value.trim().toLowerCase());
}

function noAttributes(): InspectorError {
  return new InspectorError(
    'invalid',
    "No lookup attributes were found, inspector won't be able to find it after introspection, " +
      'consider creating ironic ports or providing an IPMI address',
  );
}
