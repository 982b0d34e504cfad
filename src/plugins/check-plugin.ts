import type { Options } from '../config/option.ts';
import { type ApiVersion, apiVersionProblem } from '../plugin-api/api-version.ts';
import type { Plugin } from '../plugin-api/plugin-kinds.ts';
import { type PluginKind, pluginKindNames, pluginKinds } from './loaded-plugin.ts';

/** What a member of each kind has to have. */
const wanted: Readonly<
  Record<PluginKind, { readonly needs: readonly string[]; readonly may: readonly string[] }>
> = {
  processingHooks: { needs: [], may: ['beforeProcessing', 'beforeUpdate'] },
  nodeNotFoundHooks: { needs: ['handle'], may: [] },
  ruleConditions: { needs: ['check'], may: ['validate'] },
  ruleActions: { needs: ['apply'], may: ['validate'] },
  dataStores: { needs: ['save', 'get'], may: [] },
  pxeFilters: { needs: ['sync'], may: ['init', 'tearDown'] },
};

/** Members that are lists of texts, where they are there. */
const textLists = ['dependencies', 'formatted'];

const nameForm = /^[a-z0-9][a-z0-9_.-]*$/i;
const nameRule = 'letters, digits and _ . - only, beginning with a letter or digit';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a plug-in's form, a sentence each; then it may be taken for a `Plugin`. Members that this
 * version does not know are none of its business.
 */
export function pluginProblems(exported: unknown, api: ApiVersion): string[] {
  if (!isFields(exported)) {
    return ['the module exports no object "plugin": write export const plugin = definePlugin({ ... })'];
  }
  const version = apiVersionProblem(exported['apiVersion'], api);
  return [
    ...nameProblems('the plug-in', exported['name']),
    ...(version === undefined ? [] : [version]),
    ...optionProblems(exported['options']),
    ...functionProblems('the plug-in', exported, { needs: [], may: ['init', 'close'] }),
    ...pluginKindNames.flatMap((kind) => kindProblems(kind, exported[kind])),
  ];
}

/** For the messages: a plug-in's own name, if it has one. */
export function nameOf(exported: unknown): string | undefined {
  const name = isFields(exported) ? exported['name'] : undefined;
  return typeof name === 'string' && nameForm.test(name) ? name : undefined;
}

/** The members of a kind; none where the plug-in has none. */
export function membersOf(plugin: Plugin, kind: PluginKind): readonly { readonly name: string }[] {
  return plugin[kind] ?? [];
}

function kindProblems(kind: PluginKind, members: unknown): string[] {
  if (members === undefined) return [];
  if (!Array.isArray(members)) return [`expected ${kind} to be a list`];
  const names = new Set<unknown>();
  return members.flatMap((member: unknown, index) => {
    const what = `${pluginKinds[kind]} ${index + 1}`;
    if (!isFields(member)) return [`${what}: expected an object`];
    const name = member['name'];
    const shown = typeof name === 'string' ? `${pluginKinds[kind]} ${name}` : what;
    const twice = names.has(name) ? [`${shown}: the name is there twice`] : [];
    names.add(name);
    return [
      ...nameProblems(what, name),
      ...twice,
      ...functionProblems(shown, member, wanted[kind]),
      ...textLists.flatMap((list) => textListProblems(`${shown}: ${list}`, member[list])),
      ...parameterProblems(shown, member['parameters']),
      ...flagProblems(shown, member['wantsPeriodicSync']),
    ];
  });
}

function nameProblems(what: string, name: unknown): string[] {
  if (typeof name === 'string' && nameForm.test(name)) return [];
  return [`${what}: expected a name of ${nameRule}, got ${JSON.stringify(name) ?? 'none'}`];
}

function functionProblems(
  what: string,
  member: Fields,
  { needs, may }: { readonly needs: readonly string[]; readonly may: readonly string[] },
): string[] {
  return [...needs, ...may]
    .filter((name) => typeof member[name] !== 'function')
    .filter((name) => needs.includes(name) || member[name] !== undefined)
    .map((name) => `${what}: expected a function ${name}`);
}

function parameterProblems(what: string, parameters: unknown): string[] {
  if (parameters === undefined) return [];
  if (!isFields(parameters)) return [`${what}: expected parameters to be an object`];
  return ['required', 'optional'].flatMap((list) =>
    textListProblems(`${what}: parameters.${list}`, parameters[list]),
  );
}

function flagProblems(what: string, flag: unknown): string[] {
  if (flag === undefined || typeof flag === 'boolean') return [];
  return [`${what}: expected wantsPeriodicSync to be true or false`];
}

function textListProblems(what: string, list: unknown): string[] {
  if (list === undefined) return [];
  const isTexts = Array.isArray(list) && list.every((item) => typeof item === 'string');
  return isTexts ? [] : [`${what}: expected a list of texts`];
}

function optionProblems(options: unknown): string[] {
  if (options === undefined) return [];
  if (!isFields(options)) return ['expected options to be an object of options by name'];
  return Object.entries(options).flatMap(([name, option]) => {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      return [`option ${name}: expected a name of lower-case letters, digits and _`];
    }
    const isOption =
      isFields(option) && typeof option['parse'] === 'function' && typeof option['help'] === 'string';
    return isOption ? [] : [`option ${name}: expected one that text(), integer(), bool() or their kind made`];
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** The options of a plug-in that has passed. */
export function optionsOf(plugin: Plugin): Options {
  return plugin.options ?? {};
}
