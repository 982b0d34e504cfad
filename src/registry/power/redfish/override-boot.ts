import { InspectorError } from '../../../errors/inspector-error.ts';
import { valueAt } from '../../../json/json-patch.ts';
import type { BootDevice, BootSetting } from '../power-driver.ts';
import { allowableValues, type ComputerSystem, readSystem } from './computer-system.ts';
import type { RedfishRequest } from './redfish-connection.ts';
import { refusal } from './redfish-refusal.ts';
import type { RedfishSession } from './redfish-session.ts';

const targets: Readonly<Record<BootDevice, string>> = {
  pxe: 'Pxe',
  disk: 'Hdd',
  cdrom: 'Cd',
  bios: 'BiosSetup',
};

/**
 * Has the system boot from a device, once or from now on.
 *
 * @throws InspectorError `invalid` when the system does not know the device.
 */
export async function overrideBoot(
  session: RedfishSession,
  system: ComputerSystem,
  setting: BootSetting,
): Promise<void> {
  const target = targets[setting.device];
  const offered = allowableValues(
    valueAt(system.body, '/Boot/BootSourceOverrideTarget@Redfish.AllowableValues'),
  );
  if (offered !== undefined && !offered.includes(target)) {
    throw new InspectorError(
      'invalid',
      `Redfish: ${system.path} boots from ${offered.join(', ')}, expected ${target} among them`,
    );
  }
  const first = patchOf(system.path, setting, system.etag);
  const answer = await session.sendAnyway(first);
  if (answer.status < 400) return;
  if (answer.status !== 412) throw refusal(first, answer);
  // The system has changed since it was read, or takes strong entity tags only.
  const again = await readSystem(session, system.path);
  await session.send(patchOf(system.path, setting, again.etag?.replace(/^W\//, '')));
}

function patchOf(
  path: string,
  { device, persistent }: BootSetting,
  etag: string | undefined,
): RedfishRequest {
  return {
    method: 'PATCH',
    path,
    headers: etag === undefined ? {} : { 'if-match': etag },
    body: {
      Boot: {
        BootSourceOverrideTarget: targets[device],
        BootSourceOverrideEnabled: persistent ? 'Continuous' : 'Once',
      },
    },
  };
}

/** `null` when nothing is overridden, or by a device that has no word here. */
export function bootOverride({ body }: ComputerSystem): BootSetting | null {
  const enabled = valueAt(body, '/Boot/BootSourceOverrideEnabled');
  const target = valueAt(body, '/Boot/BootSourceOverrideTarget');
  const device = Object.entries(targets).find(([, name]) => name === target)?.[0] as BootDevice | undefined;
  if (device === undefined || (enabled !== 'Once' && enabled !== 'Continuous')) return null;
  return { device, persistent: enabled === 'Continuous' };
}
