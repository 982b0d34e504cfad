import { InspectorError } from '../../errors/inspector-error.ts';
import type { HookOptionTexts } from '../../hooks/changed-hook-options.ts';
import { dryRun } from '../../introspection/dry-run.ts';
import { kindOf } from '../../inventory/kind-of.ts';
import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { type ParsedJson, parseJsonObject } from '../../json/parse-json.ts';
import type { Rule } from '../../rules/rule.ts';
import { validateRule } from '../../rules/validate-rule.ts';
import type { ApiDependencies } from '../api-dependencies.ts';
import { nodeUuid } from '../node-identifier.ts';
import { dryRunDocumentation } from '../openapi/operations/rule-changes.ts';
import type { Route } from '../route.ts';

type On = Pick<ApiDependencies, 'dryRun' | 'data' | 'nodes' | 'rulePlugins'>;

const members = ['rules', 'with_stored_rules', 'nodes', 'hooks', 'hook_options'];

/** Dry runs at a time, in all: each is a lot of work. */
const mostAtOnce = 2;
const mostRules = 1000;
const mostNodes = 10_000;
const nodesOfPage = 200;

/** Works out what rules would change on nodes with stored data; nothing is sent or kept (docs/rules.md). */
export function dryRunRulesRoute(on: On, newUuid: () => string): Route {
  let underWay = 0;
  return {
    method: 'POST',
    path: '/v1/rules/dry-run',
    policy: 'introspection:rule:dry-run',
    documentation: dryRunDocumentation,
    async handle(request) {
      const body = parseJsonObject(await request.readBody());
      const odd = Object.keys(body.value).find((name) => !members.includes(name));
      if (odd !== undefined) throw wrong('the body', `no members but ${members.join(', ')}`, `"${odd}"`);
      const hooks = on.dryRun.hooks(hooksOf(body.value.hooks), hookOptionsOf(body.value.hook_options ?? {}));
      const rules = await rulesOf(body, on, newUuid);
      const nodes = await nodesOf(body.value.nodes ?? 'all', on);
      if (underWay >= mostAtOnce) {
        throw new InspectorError(
          'unavailable',
          `${underWay} dry runs are under way; try again when one has ended`,
        );
      }
      underWay += 1;
      const { bareMetal, ruleEngine } = on.dryRun;
      const documents = dryRun({ data: on.data, bareMetal, hooks, rules, ruleEngine }, nodes);
      request.log.info(`Dry run of ${rules.length} rule(s)`);
      return { status: 200, lines: documents, ended: () => void (underWay -= 1) };
    },
  };
}

function hooksOf(value: JsonValue | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : textsAt('hooks', value);
}

function hookOptionsOf(sections: JsonValue): HookOptionTexts {
  if (!isObject(sections)) throw wrong('hook_options', 'an object', kindOf(sections));
  const entries = Object.entries(sections).map(([section, options]) => {
    const place = `hook_options.${section}`;
    if (!isObject(options)) throw wrong(place, 'an object', kindOf(options));
    const texts = Object.entries(options).map(([name, value]) => [
      name,
      Array.isArray(value) ? textsAt(`${place}.${name}`, value) : textAt(`${place}.${name}`, value),
    ]);
    return [section, Object.fromEntries(texts)];
  });
  return Object.fromEntries(entries);
}

/** A given rule takes the place of the stored one with its UUID; others come after them. */
async function rulesOf(
  { value, exactNumbers }: ParsedJson<JsonObject>,
  on: On,
  newUuid: () => string,
): Promise<readonly Rule[]> {
  const { rules, with_stored_rules: withStored = rules === undefined } = value;
  if (typeof withStored !== 'boolean') throw wrong('with_stored_rules', 'true or false', kindOf(withStored));
  const items = listAt('rules', rules ?? [], mostRules);
  const given = items.map((item, index) => {
    if (!isObject(item)) throw wrong(`rules[${index}]`, 'an object', kindOf(item));
    try {
      return validateRule({ value: item, exactNumbers }, newUuid, on.rulePlugins);
    } catch (cause) {
      if (!(cause instanceof InspectorError)) throw cause;
      throw new InspectorError(cause.kind, `rules[${index}]: ${cause.message}`, { cause });
    }
  });
  const stored = withStored ? await on.dryRun.rules.all() : [];
  const byUuid = new Map(given.map((rule) => [rule.uuid, rule]));
  const known = new Set(stored.map(({ uuid }) => uuid));
  return [
    ...stored.map((rule) => byUuid.get(rule.uuid) ?? rule),
    ...given.filter(({ uuid }) => !known.has(uuid)),
  ];
}

async function nodesOf(value: JsonValue, on: On) {
  if (value === 'all') return { uuids: allNodes(on), total: null, skipWithoutData: true };
  const names = textsAt('nodes', typeof value === 'string' ? [value] : value);
  const uuids: string[] = [];
  for (const name of names) uuids.push(await nodeUuid(name, on.dryRun.bareMetal));
  const unique = [...new Set(uuids)];
  return { uuids: unique, total: unique.length, skipWithoutData: false };
}

async function* allNodes({ nodes }: On): AsyncGenerator<string> {
  let marker: string | undefined;
  for (;;) {
    const page = await nodes.list({ limit: nodesOfPage, ...(marker === undefined ? {} : { marker }) });
    for (const { uuid } of page) yield uuid;
    marker = page.at(-1)?.uuid;
    if (page.length < nodesOfPage || marker === undefined) return;
  }
}

function textsAt(place: string, value: JsonValue): readonly string[] {
  return listAt(place, value, mostNodes).map((item, index) => textAt(`${place}[${index}]`, item));
}

function textAt(place: string, value: JsonValue): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(place, 'text', kindOf(value));
}

function listAt(place: string, value: JsonValue, most: number): readonly JsonValue[] {
  if (!Array.isArray(value)) throw wrong(place, 'a list', kindOf(value));
  if (value.length > most) throw wrong(place, `at most ${most} items`, String(value.length));
  return value;
}

function wrong(place: string, expected: string, got: string): InspectorError {
  return new InspectorError('invalid', `Dry run: ${place}: expected ${expected}, got ${got}`);
}
