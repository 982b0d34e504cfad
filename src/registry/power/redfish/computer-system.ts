import { InspectorError } from '../../../errors/inspector-error.ts';
import { valueAt } from '../../../json/json-patch.ts';
import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import type { PowerState } from '../power-driver.ts';
import type { RedfishAnswer } from './redfish-connection.ts';
import type { RedfishSession } from './redfish-session.ts';

/** A machine as its BMC describes it (the Redfish schema ComputerSystem). */
export interface ComputerSystem {
  readonly path: string;
  readonly body: JsonObject;
  readonly etag: string | undefined;
}

/** @throws InspectorError `invalid` when no path is given and the BMC has not just one system. */
export async function readSystem(
  session: RedfishSession,
  systemPath: string | null,
): Promise<ComputerSystem> {
  const path = systemPath ?? (await onlySystem(session));
  const { body, etag } = await session.send({ method: 'GET', path });
  return { path, body, etag };
}

async function onlySystem(session: RedfishSession): Promise<string> {
  const root: RedfishAnswer = await session.root();
  const collection = valueAt(root.body, '/Systems/@odata.id');
  const { body } = await session.send({
    method: 'GET',
    path: typeof collection === 'string' ? collection : '/redfish/v1/Systems',
  });
  const paths = texts(
    list(body.Members).map((member) => (isObject(member) ? member['@odata.id'] : undefined)),
  );
  const [only] = paths;
  if (only !== undefined && paths.length === 1) return only;
  throw new InspectorError(
    'invalid',
    `driver_info has no redfish_system_id and the BMC has ${paths.length} systems: expected one of ${paths.slice(0, 10).join(', ')}`,
  );
}

/** Between the two states it is still in the old one. */
export function powerStateOf({ body }: ComputerSystem): PowerState | null {
  if (body.PowerState === 'On' || body.PowerState === 'PoweringOff') return 'power on';
  if (body.PowerState === 'Off' || body.PowerState === 'PoweringOn') return 'power off';
  return null;
}

/** What the system takes for a parameter, or `undefined` when it does not say. */
export function allowableValues(values: JsonValue | undefined): string[] | undefined {
  return Array.isArray(values) ? texts(values) : undefined;
}

/** The items of a list, none when it is no list. */
export function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function texts(values: readonly (JsonValue | undefined)[]): string[] {
  return values.filter((value) => typeof value === 'string');
}
