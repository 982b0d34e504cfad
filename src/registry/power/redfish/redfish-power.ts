import { setTimeout as sleep } from 'node:timers/promises';
import { InspectorError } from '../../../errors/inspector-error.ts';
import type { NodeDocument } from '../../node-document.ts';
import { type PowerDriver, type PowerState, stateAfter } from '../power-driver.ts';
import { powerStateOf, readSystem } from './computer-system.ts';
import { bootOverride, overrideBoot } from './override-boot.ts';
import { RedfishSession } from './redfish-session.ts';
import { type RedfishSettings, redfishSettings } from './redfish-settings.ts';
import { resetSystem } from './reset-system.ts';

/** How patient it is, in milliseconds. */
export interface RedfishPatience {
  /** With one request. */
  readonly request: number;
  /** With a machine that changes its power state; as `[conductor]power_state_change_timeout` of Ironic. */
  readonly change: number;
  /** Between two looks at the machine. */
  readonly poll: number;
}

const usualPatience: RedfishPatience = { request: 60_000, change: 60_000, poll: 1000 };

/** Switches machines through a BMC that speaks Redfish (DMTF DSP0266). */
export function redfishPower(patience: RedfishPatience = usualPatience): PowerDriver {
  const withSession = async <T>(
    node: NodeDocument,
    work: (session: RedfishSession, settings: RedfishSettings) => Promise<T>,
  ): Promise<T> => {
    const settings = redfishSettings(node.driver_info);
    const session = await RedfishSession.open(settings, patience.request);
    try {
      return await work(session, settings);
    } finally {
      await session.close();
    }
  };
  return {
    name: 'redfish',
    bootDevices: ['pxe', 'disk', 'cdrom', 'bios'],
    validate: (node) => void redfishSettings(node.driver_info),
    setPower: (node, request, timeoutSeconds) =>
      withSession(node, async (session, { systemPath }) => {
        const system = await readSystem(session, systemPath);
        await resetSystem(session, system, request);
        const change = timeoutSeconds === undefined ? patience.change : timeoutSeconds * 1000;
        await reach(session, system.path, stateAfter(request), { ...patience, change });
        return stateAfter(request);
      }),
    readPower: (node) =>
      withSession(node, async (session, { systemPath }) =>
        powerStateOf(await readSystem(session, systemPath)),
      ),
    setBootDevice: (node, setting) =>
      withSession(node, async (session, { systemPath }) =>
        overrideBoot(session, await readSystem(session, systemPath), setting),
      ),
    readBootDevice: (node) =>
      withSession(node, async (session, { systemPath }) =>
        bootOverride(await readSystem(session, systemPath)),
      ),
  };
}

/** A reset is accepted long before it has happened. */
async function reach(
  session: RedfishSession,
  path: string,
  wanted: PowerState,
  patience: RedfishPatience,
): Promise<void> {
  for (let waited = 0; ; waited += patience.poll) {
    const system = await readSystem(session, path);
    if (powerStateOf(system) === wanted) return;
    if (waited >= patience.change) {
      throw new InspectorError(
        'unavailable',
        `Redfish: ${path} is in PowerState ${JSON.stringify(system.body.PowerState)} after ${patience.change / 1000} s, expected '${wanted}'`,
      );
    }
    await sleep(patience.poll);
  }
}
