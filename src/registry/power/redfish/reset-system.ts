import { InspectorError } from '../../../errors/inspector-error.ts';
import { valueAt } from '../../../json/json-patch.ts';
import { isObject } from '../../../json/json-value.ts';
import type { PowerRequest } from '../power-driver.ts';
import { allowableValues, type ComputerSystem, list, powerStateOf } from './computer-system.ts';
import type { RedfishSession } from './redfish-session.ts';

const turnOn = ['On', 'ForceOn'];

/** The kinds of reset that lead to what is asked for, the best first; none when the machine is there already. */
const resetTypes: Readonly<Record<PowerRequest, { whenOn: readonly string[]; whenOff: readonly string[] }>> =
  {
    'power on': { whenOn: [], whenOff: turnOn },
    'power off': { whenOn: ['ForceOff'], whenOff: [] },
    rebooting: { whenOn: ['ForceRestart', 'PowerCycle', 'GracefulRestart'], whenOff: turnOn },
    'soft power off': { whenOn: ['GracefulShutdown'], whenOff: [] },
    'soft rebooting': { whenOn: ['GracefulRestart'], whenOff: turnOn },
  };

/**
 * Asks the system for a reset (the action `ComputerSystem.Reset`), of a kind that it has. It takes its time.
 *
 * @throws InspectorError `invalid` when it has none of the kind.
 */
export async function resetSystem(
  session: RedfishSession,
  system: ComputerSystem,
  request: PowerRequest,
): Promise<void> {
  const { whenOn, whenOff } = resetTypes[request];
  const wanted = powerStateOf(system) === 'power off' ? whenOff : whenOn;
  if (wanted.length === 0) return;
  const offered = await offeredTypes(session, system);
  const type = offered === undefined ? wanted[0] : wanted.find((each) => offered.includes(each));
  if (type === undefined) {
    throw new InspectorError(
      'invalid',
      `Redfish: ${system.path} offers the resets ${offered?.join(', ')}, expected one of ${wanted.join(', ')} for '${request}'`,
    );
  }
  const target = valueAt(system.body, '/Actions/#ComputerSystem.Reset/target');
  const path = typeof target === 'string' ? target : `${system.path}/Actions/ComputerSystem.Reset`;
  await session.send({ method: 'POST', path, body: { ResetType: type } });
}

/** Listed with the action, or in a resource of its own (ActionInfo). */
async function offeredTypes(
  session: RedfishSession,
  { body }: ComputerSystem,
): Promise<string[] | undefined> {
  const listed = allowableValues(
    valueAt(body, '/Actions/#ComputerSystem.Reset/ResetType@Redfish.AllowableValues'),
  );
  const info = valueAt(body, '/Actions/#ComputerSystem.Reset/@Redfish.ActionInfo');
  if (listed !== undefined || typeof info !== 'string') return listed;
  const answer = await session.send({ method: 'GET', path: info });
  const parameters = list(answer.body.Parameters).filter((parameter) => isObject(parameter));
  return allowableValues(parameters.find(({ Name: name }) => name === 'ResetType')?.AllowableValues);
}
