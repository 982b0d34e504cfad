import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { ApiVersion } from '../plugin-api/api-version.ts';
import type { PluginSource } from './loaded-plugin.ts';
import { packageSource } from './plugin-package.ts';

/** What `[plugins]` names, and where it is looked for. */
export interface NamedPlugins {
  readonly packages: readonly string[];
  readonly paths: readonly string[];
  /** Folders; a package is looked for in the `node_modules` of each, and of those above it, in turn. */
  readonly searchedFrom: readonly string[];
  readonly api: ApiVersion;
}

/** What was found, and a sentence for everything else. */
export interface FoundSources {
  readonly sources: readonly PluginSource[];
  readonly problems: readonly string[];
}

const extensions = ['.mjs', '.js', '.mts', '.ts'];

const packageName = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/i;

/** Finds the entry files of all plug-ins that the configuration names, in its order. */
export function findSources(named: NamedPlugins): FoundSources {
  const sources: PluginSource[] = [];
  const problems: string[] = [];
  const collect = (what: string, find: () => readonly PluginSource[]) => {
    try {
      sources.push(...find());
    } catch (error) {
      problems.push(`${what}: ${messageOf(error)}`);
    }
  };
  for (const name of named.packages) collect(`[plugins]packages: ${name}`, () => [installed(name, named)]);
  for (const path of named.paths) collect(`[plugins]paths: ${path}`, () => sourcesAt(path, named.api));
  return { sources, problems };
}

function installed(name: string, { searchedFrom, api }: NamedPlugins): PluginSource {
  if (!packageName.test(name)) throw new InspectorError('invalid', 'expected the name of an npm package');
  for (const folder of searchedFrom.flatMap(withParents)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return packageSource(found, api);
  }
  throw new InspectorError(
    'invalid',
    `it is not installed in node_modules of ${searchedFrom.join(' or ')}, nor above: install it there, or name its folder in [plugins]paths`,
  );
}

function sourcesAt(path: string, api: ApiVersion): readonly PluginSource[] {
  if (!isAbsolute(path)) throw new InspectorError('invalid', 'expected an absolute path');
  if (basename(path).includes('*')) return matching(path).map(fileSource);
  if (!existsSync(path)) throw new InspectorError('invalid', 'there is no such file or folder');
  if (!statSync(path).isDirectory()) return [fileSource(path)];
  if (existsSync(join(path, 'package.json'))) return [packageSource(path, api)];
  return readdirSync(path)
    .filter(isModule)
    .toSorted()
    .map((name) => fileSource(join(path, name)));
}

/** `*` stands for any characters of the name. */
function matching(path: string): string[] {
  const folder = dirname(path);
  if (!existsSync(folder)) throw new InspectorError('invalid', `there is no folder ${folder}`);
  const [first = '', ...rest] = basename(path).split('*');
  const matches = (name: string) => {
    let at = first.length;
    for (const part of rest) {
      const found = part === rest.at(-1) ? name.lastIndexOf(part) : name.indexOf(part, at);
      if (found < at) return false;
      at = found + part.length;
    }
    return name.startsWith(first) && at === name.length;
  };
  return readdirSync(folder)
    .filter((name) => isModule(name) && matches(name))
    .toSorted()
    .map((name) => join(folder, name));
}

function isModule(name: string): boolean {
  return extensions.includes(extname(name)) && !name.endsWith('.d.ts') && !name.endsWith('.d.mts');
}

function fileSource(path: string): PluginSource {
  if (isModule(path)) return { entry: path, from: path, version: null };
  throw new InspectorError('invalid', `expected a file that ends in ${extensions.join(', ')}`);
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}
