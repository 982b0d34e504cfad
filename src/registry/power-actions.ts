import { setTimeout as wait } from 'node:timers/promises';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { isObject } from '../json/json-value.ts';
import type { BackgroundWork } from './background-work.ts';
import { partOf } from './hardware-types.ts';
import type { NodeDocument } from './node-document.ts';
import type { BootSetting, PowerDriver, PowerRequest, PowerState } from './power/power-driver.ts';
import { powerRequests, stateAfter } from './power/power-driver.ts';
import type { RegistryContext } from './registry-context.ts';
import { nodeLocked } from './registry-errors.ts';
import type { RegistryNodes } from './registry-nodes.ts';

/** Milliseconds between two looks whether another process has done with a node. */
const turnPause = 500;

/** Switches machines in the background; what comes of it shows on the node. */
export class PowerActions {
  readonly #nodes: RegistryNodes;
  readonly #drivers: Readonly<Record<string, PowerDriver>>;
  readonly #background: BackgroundWork;
  readonly #context: RegistryContext;

  constructor(
    nodes: RegistryNodes,
    drivers: Readonly<Record<string, PowerDriver>>,
    background: BackgroundWork,
    context: RegistryContext,
  ) {
    this.#nodes = nodes;
    this.#drivers = drivers;
    this.#background = background;
    this.#context = context;
  }

  /** The driver that the node's `power_interface` names. */
  driverOf(node: NodeDocument): PowerDriver {
    const name = partOf(node, 'power');
    const driver = Object.hasOwn(this.#drivers, name) ? this.#drivers[name] : undefined;
    if (driver !== undefined) return driver;
    throw new InspectorError(
      'invalid',
      `Node ${node.uuid} has the power interface ${name}, which this service does not have`,
    );
  }

  /**
   * Accepts a change of power; `target_power_state` is set until it has happened or failed.
   *
   * @param timeoutSeconds For the machine to get there; the driver's own when not given.
   * @throws InspectorError `conflict` while another one goes on, `invalid` when the node's settings are wrong.
   */
  async request(uuid: string, request: PowerRequest, timeoutSeconds?: number): Promise<void> {
    const node = await this.#nodes.change(uuid, (current) => {
      if (current.target_power_state !== null) throw nodeLocked(uuid, this.#context.host);
      this.driverOf(current).validate(current);
      // Switching a machine off may be a consequence of the failure that the error is about.
      const last_error = current.provision_state.endsWith(' failed') ? current.last_error : null;
      const driver_internal_info = {
        ...current.driver_internal_info,
        power_request: { request, crashes: 0 },
      };
      return { ...current, target_power_state: stateAfter(request), last_error, driver_internal_info };
    });
    this.#begin(node, request, timeoutSeconds);
  }

  /**
   * Does again what was asked for when the process that was at it ended: whether the machine had got there, nobody
   * knows, and who asked was told that it would.
   *
   * @returns Whether there is something to do, and it has not ended the service too often.
   */
  async carryOn(uuid: string): Promise<boolean> {
    let request: PowerRequest | undefined;
    let node: NodeDocument | undefined;
    const isFound = await this.#nodes.changeIfThere(uuid, (current) => {
      const pending = pendingRequest(current);
      if (pending === undefined) return current;
      ({ request } = pending);
      const { driver_internal_info: info } = current;
      node = { ...current, driver_internal_info: { ...info, power_request: { ...pending } } };
      return node;
    });
    if (!isFound || node === undefined || request === undefined) return false;
    this.#begin(node, request);
    return true;
  }

  /**
   * The same, after what goes on already, in this process or in another.
   *
   * @throws InspectorError also `conflict` when that takes too long.
   */
  async requestInTurn(uuid: string, request: PowerRequest): Promise<void> {
    await this.#background.ended(keyOf(uuid));
    const until = performance.now() + this.#context.turnLimit;
    while ((await this.#nodes.get(uuid)).target_power_state !== null && performance.now() < until) {
      await wait(turnPause);
    }
    await this.request(uuid, request);
  }

  /** Asks the machine, and notes the answer when there is one. */
  async read(node: NodeDocument): Promise<PowerState | null> {
    const driver = this.driverOf(node);
    driver.validate(node);
    return driver.readPower(node);
  }

  /** @throws InspectorError `invalid` for a device that the node's driver does not know; as the driver throws. */
  async setBootDevice(node: NodeDocument, setting: BootSetting): Promise<void> {
    const driver = this.driverOf(node);
    driver.validate(node);
    if (!driver.bootDevices.includes(setting.device)) {
      throw new InspectorError(
        'invalid',
        `Invalid boot device ${setting.device} specified. Supported devices are: ${driver.bootDevices.join(', ')}.`,
      );
    }
    await driver.setBootDevice(node, setting);
    const boot_device = { device: setting.device, persistent: setting.persistent };
    await this.#nodes.change(node.uuid, (current) => ({
      ...current,
      driver_internal_info: { ...current.driver_internal_info, boot_device },
    }));
  }

  /** `null` when nothing has been set. */
  async bootDevice(node: NodeDocument): Promise<BootSetting | null> {
    const driver = this.driverOf(node);
    if (driver.readBootDevice !== undefined) return driver.readBootDevice(node);
    const recorded = node.driver_internal_info.boot_device;
    return isObject(recorded) ? (recorded as unknown as BootSetting) : null;
  }

  #begin(node: NodeDocument, request: PowerRequest, timeoutSeconds?: number): void {
    this.#background.start(keyOf(node.uuid), () =>
      this.#context.atWork(node.uuid, () => this.#carryOut(node, request, timeoutSeconds)),
    );
  }

  async #carryOut(node: NodeDocument, request: PowerRequest, timeoutSeconds?: number): Promise<void> {
    const outcome = await this.#outcome(node, request, timeoutSeconds);
    await this.#nodes.change(node.uuid, (current) => {
      const { power_request: _, ...driver_internal_info } = current.driver_internal_info;
      return { ...current, ...outcome, target_power_state: null, driver_internal_info };
    });
  }

  async #outcome(
    node: NodeDocument,
    request: PowerRequest,
    timeoutSeconds?: number,
  ): Promise<Partial<NodeDocument>> {
    const { log } = this.#context;
    const target = stateAfter(request);
    try {
      const state = await this.driverOf(node).setPower(node, request, timeoutSeconds);
      log.info(`Successfully set node ${node.uuid} power state to ${state} by ${request}.`);
      return { power_state: state };
    } catch (error) {
      const failure = `Failed to change power state to '${target}' by '${request}': ${messageOf(error)}`;
      log.error(`Node ${node.uuid}: ${failure}`);
      return { last_error: failure };
    }
  }
}

/** A request of a machine, and how often the service ended while it was carried out. */
interface PendingRequest {
  readonly request: PowerRequest;
  readonly crashes: number;
}

/** More often than by chance. */
const mostCrashes = 3;

/** What is to be done again; nothing when an earlier version of the service has left no word of it. */
function pendingRequest({
  target_power_state: target,
  driver_internal_info: { power_request: noted },
}: NodeDocument): PendingRequest | undefined {
  if (target === null || !isObject(noted)) return undefined;
  const request = powerRequests.find((one) => one === noted.request);
  const crashes = Number(noted.crashes) + 1;
  return request !== undefined && crashes <= mostCrashes ? { request, crashes } : undefined;
}

function keyOf(uuid: string): string {
  return `power ${uuid}`;
}
