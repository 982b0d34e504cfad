import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import { type ApiVersion, apiVersionProblem } from '../plugin-api/api-version.ts';
import type { PluginSource } from './loaded-plugin.ts';

/**
 * The plug-in of a package, by the key `ironicInspector` of its package.json:
 * `{ "apiVersion": 1, "entry": "./dist/plugin.js" }`.
 *
 * @param folder Absolute; has a package.json.
 * @throws InspectorError `invalid` with the remedy, before any of its code has run.
 */
export function packageSource(folder: string, api: ApiVersion): PluginSource {
  const manifest = manifestIn(folder);
  const about = manifest['ironicInspector'];
  if (!isObject(about)) {
    throw new InspectorError(
      'invalid',
      `${join(folder, 'package.json')} has no key ironicInspector such as { "apiVersion": 1, "entry": "./plugin.js" }: it is no plug-in`,
    );
  }
  const problem = apiVersionProblem(about['apiVersion'], api);
  if (problem !== undefined) throw new InspectorError('invalid', problem);
  const { entry } = about;
  if (typeof entry !== 'string' || relative(folder, join(folder, entry)).startsWith('..')) {
    throw new InspectorError(
      'invalid',
      'expected ironicInspector.entry of package.json to be a file of the package',
    );
  }
  const path = join(folder, entry);
  if (!existsSync(path)) {
    throw new InspectorError(
      'invalid',
      `its entry ${path} is not there: build the package, or install it anew`,
    );
  }
  const { name, version } = manifest;
  return {
    entry: path,
    from: `package ${typeof name === 'string' ? name : folder}`,
    version: typeof version === 'string' ? version : null,
  };
}

function manifestIn(folder: string): JsonObject {
  const path = join(folder, 'package.json');
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isObject(manifest)) return manifest;
  } catch (cause) {
    throw new InspectorError('invalid', `${path} cannot be read as JSON`, { cause });
  }
  throw new InspectorError('invalid', `${path} is no JSON object`);
}
