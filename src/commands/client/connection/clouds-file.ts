import { join } from 'node:path';
import { InspectorError, messageOf } from '../../../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import type { ServiceConsole } from '../../service-console.ts';

/** Where the files of clouds are looked for. */
export type CloudFiles = Pick<
  ServiceConsole,
  'environment' | 'home' | 'workingDirectory' | 'exists' | 'readFile'
>;

/**
 * The entry of a cloud in clouds.yaml, with what secure.yaml adds to it, as OpenStack's tools read them: the first
 * of the working directory, ~/.config/openstack and /etc/openstack counts.
 *
 * @param name Without one the only cloud of the file is taken; `undefined` where there are none or several.
 * @throws InspectorError `invalid` for a file that cannot be read, and a cloud that is not there.
 */
export async function cloudNamed(name: string | undefined, on: CloudFiles): Promise<JsonObject | undefined> {
  const file = await firstFile('clouds', on.environment['OS_CLIENT_CONFIG_FILE'], on);
  const clouds = cloudsIn(file?.content);
  const wanted = name ?? (Object.keys(clouds).length === 1 ? Object.keys(clouds)[0] : undefined);
  if (wanted === undefined) return undefined;
  const cloud = clouds[wanted];
  if (!isObject(cloud)) throw new InspectorError('invalid', missing(wanted, file?.path, Object.keys(clouds)));
  const secure = await firstFile('secure', on.environment['OS_CLIENT_SECURE_FILE'], on);
  const secrets = cloudsIn(secure?.content)[wanted];
  return isObject(secrets) ? merged(cloud, secrets) : cloud;
}

interface CloudFile {
  readonly path: string;
  readonly content: JsonValue;
}

async function firstFile(
  name: string,
  override: string | undefined,
  on: CloudFiles,
): Promise<CloudFile | undefined> {
  const folders = [on.workingDirectory, configurationHome(on), '/etc/openstack'];
  const usual = folders.flatMap((folder) =>
    ['yaml', 'yml', 'json'].map((end) => join(folder, `${name}.${end}`)),
  );
  const path = [...(override ? [override] : []), ...usual].find((candidate) => on.exists(candidate));
  if (path === undefined) return undefined;
  try {
    const { parse } = await import('yaml');
    return { path, content: parse(on.readFile(path).toString(), { version: '1.1' }) as JsonValue };
  } catch (cause) {
    throw new InspectorError('invalid', `${path}: expected YAML that can be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function configurationHome({ environment, home }: CloudFiles): string {
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'openstack');
}

function cloudsIn(content: JsonValue | undefined): JsonObject {
  const clouds = isObject(content) ? content['clouds'] : undefined;
  return isObject(clouds) ? clouds : {};
}

function missing(wanted: string, path: string | undefined, known: readonly string[]): string {
  const where = path ?? 'clouds.yaml, which was not found in ., ~/.config/openstack or /etc/openstack';
  const others = known.length === 0 ? '' : `. It has ${known.join(', ')}`;
  return `Cloud ${wanted} was not found: expected it in ${where}${others}`;
}

/** What the second has wins; objects in both are merged. */
function merged(one: JsonObject, other: JsonObject): JsonObject {
  const result: JsonObject = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) ? merged(before, value) : value;
  }
  return result;
}
