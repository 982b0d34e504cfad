import { InspectorError } from '../errors/inspector-error.ts';
import { kindOf } from '../inventory/kind-of.ts';
import type { ExactNumbers } from '../json/exact-numbers.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { Rule } from './rule.ts';
import type { RuleExpectation, RuleTest } from './rule-test.ts';
import { validateRule } from './validate-rule.ts';

/** What a file of tests holds. */
export interface RuleTests {
  readonly rules: readonly Rule[];
  readonly tests: readonly RuleTest[];
}

/** Reads another file that a file of tests names. @throws InspectorError `invalid` naming it. */
export type ReadBeside = (name: string) => Promise<ParsedJson>;

const outcomes = ['applied', 'not-matched', 'other-scope', 'unusable', 'failed', 'not-run'];
const known = {
  file: ['rules', 'rules_from', 'tests'],
  test: ['name', 'data', 'data_from', 'node', 'ports', 'expect'],
  expect: ['changes', 'rules', 'failure'],
};

/**
 * The rules and tests of a file. Rules are validated as the API does it.
 *
 * @throws InspectorError `invalid` with the place in the file and what was expected there.
 */
export async function parseRuleTests(content: ParsedJson, readBeside: ReadBeside): Promise<RuleTests> {
  const file = objectAt('the file', content.value, known.file);
  const rules = await rulesOf(file, content.exactNumbers, readBeside);
  const tests: RuleTest[] = [];
  for (const [index, item] of listAt('tests', file.tests).entries()) {
    tests.push(await testOf(`tests[${index}]`, item, content.exactNumbers, readBeside));
  }
  if (tests.length === 0) throw wrong('tests', 'at least one test', 'none');
  return { rules, tests };
}

async function rulesOf(
  file: JsonObject,
  exactNumbers: ExactNumbers,
  readBeside: ReadBeside,
): Promise<Rule[]> {
  let items = file.rules;
  let numbers = exactNumbers;
  if (file.rules_from !== undefined) {
    if (items !== undefined) throw wrong('rules_from', 'either rules or rules_from', 'both');
    ({ value: items, exactNumbers: numbers } = await readBeside(textAt('rules_from', file.rules_from)));
  }
  const list = isObject(items) ? [items] : listAt('rules', items);
  return list.map((item, index) => {
    try {
      const value = objectAt('a rule', item);
      return validateRule({ value, exactNumbers: numbers }, () => `rule-${index + 1}`);
    } catch (cause) {
      if (!(cause instanceof InspectorError)) throw cause;
      throw new InspectorError('invalid', `rules[${index}]: ${cause.message}`, { cause });
    }
  });
}

async function testOf(
  place: string,
  item: JsonValue,
  exactNumbers: ExactNumbers,
  readBeside: ReadBeside,
): Promise<RuleTest> {
  const test = objectAt(place, item, known.test);
  const own = { value: test.data ?? {}, exactNumbers };
  const data =
    test.data_from === undefined ? own : await readBeside(textAt(`${place}.data_from`, test.data_from));
  if (test.data !== undefined && test.data_from !== undefined) {
    throw wrong(`${place}.data_from`, 'either data or data_from', 'both');
  }
  return {
    name: textAt(`${place}.name`, test.name),
    data: { value: objectAt(`${place}.data`, data.value), exactNumbers: data.exactNumbers },
    node: objectAt(`${place}.node`, test.node ?? {}),
    ports: listAt(`${place}.ports`, test.ports ?? []).map((port, index) => {
      const its = objectAt(`${place}.ports[${index}]`, port);
      return { ...its, address: textAt(`${place}.ports[${index}].address`, its.address).toLowerCase() };
    }),
    expect: expectationOf(`${place}.expect`, test.expect),
  };
}

function expectationOf(place: string, value: JsonValue | undefined): RuleExpectation {
  const { changes, rules, failure } = objectAt(place, value, known.expect);
  if (changes === undefined && rules === undefined && failure === undefined) {
    throw wrong(place, `one of ${known.expect.join(', ')}`, 'none');
  }
  return {
    ...(changes === undefined ? {} : { changes: changesOf(`${place}.changes`, changes) }),
    ...(rules === undefined ? {} : { rules: outcomesOf(`${place}.rules`, rules) }),
    ...(failure === undefined ? {} : { failure: textAt(`${place}.failure`, failure) }),
  };
}

function changesOf(place: string, value: JsonValue): Record<string, JsonObject> {
  const entries = Object.entries(objectAt(place, value)).map(([on, values]): [string, JsonObject] => {
    const what = on.startsWith('port ') ? on.toLowerCase() : on;
    if (what === 'node' || what === 'trait' || what.startsWith('port ')) {
      return [what, objectAt(`${place}["${on}"]`, values)];
    }
    throw wrong(place, 'node, trait or port <mac>', `"${on}"`);
  });
  return Object.fromEntries(entries);
}

function outcomesOf(place: string, value: JsonValue): Record<string, string> {
  const entries = Object.entries(objectAt(place, value)).map(([name, outcome]): [string, string] => {
    if (typeof outcome === 'string' && outcomes.includes(outcome)) return [name, outcome];
    throw wrong(`${place}["${name}"]`, `one of ${outcomes.join(', ')}`, JSON.stringify(outcome));
  });
  return Object.fromEntries(entries);
}

function objectAt(place: string, value: JsonValue | undefined, members?: readonly string[]): JsonObject {
  if (!isObject(value)) throw wrong(place, 'an object', kindAt(value));
  const odd = members === undefined ? undefined : Object.keys(value).find((name) => !members.includes(name));
  if (odd !== undefined) throw wrong(place, `no members but ${members?.join(', ')}`, `"${odd}"`);
  return value;
}

function listAt(place: string, value: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  throw wrong(place, 'a list', kindAt(value));
}

function textAt(place: string, value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  throw wrong(place, 'text', kindAt(value));
}

function kindAt(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : kindOf(value);
}

function wrong(place: string, expected: string, got: string): InspectorError {
  return new InspectorError('invalid', `${place}: expected ${expected}, got ${got}`);
}
