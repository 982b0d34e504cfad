import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { pythonRepr } from '../json/python-repr.ts';

/** What members of an item have to be; others are for the plug-in. */
interface ItemSchema {
  readonly required: readonly string[];
  readonly members: Readonly<Record<string, readonly string[] | 'string' | 'boolean'>>;
}

/** The members that every condition has, and what they may be. */
export function conditionSchema(operators: readonly string[]): ItemSchema {
  return {
    required: ['op', 'field'],
    members: { op: operators, field: 'string', multiple: ['all', 'any', 'first'], invert: 'boolean' },
  };
}

/** The members that every action has, and what they may be. */
export function actionSchema(actions: readonly string[]): ItemSchema {
  return { required: ['action'], members: { action: actions } };
}

/** A thousand are more than anybody can follow; each is a row in the database. */
export const mostItems = 1000;

/** UTF-16 units of a value in a message. */
const longestShown = 500;

/**
 * Checks the list of conditions or of actions as far as it is the same for all plug-ins.
 *
 * @throws InspectorError `invalid` with the first line of the original's report, and which member it is about
 *   (docs/compatibility.md, rule-schema-report).
 */
export function checkSchema(
  what: 'conditions' | 'actions',
  items: JsonValue,
  schema: ItemSchema,
): readonly JsonObject[] {
  const refuse = (problem: string, place: string): never => {
    throw new InspectorError('invalid', `Validation failed for ${what}: ${problem}\n\nOn ${what}${place}`);
  };
  if (!Array.isArray(items)) return refuse(`${shown(items)} is not of type 'array'`, '');
  if (what === 'actions' && items.length === 0) return refuse('[] is too short', '');
  if (items.length > mostItems) {
    return refuse(`expected at most ${mostItems} items, got ${items.length}`, '');
  }
  const objects = items.map((item, index) =>
    isObject(item) ? item : refuse(`${shown(item)} is not of type 'object'`, `[${index}]`),
  );
  for (const [index, item] of objects.entries()) {
    const missing = schema.required.find((name) => !Object.hasOwn(item, name));
    if (missing !== undefined) refuse(`'${missing}' is a required property`, `[${index}]`);
    for (const [name, expected] of Object.entries(schema.members)) {
      const value = item[name];
      const problem = value === undefined ? undefined : problemOf(value, expected);
      if (problem !== undefined) refuse(problem, `[${index}].${name}`);
    }
  }
  return objects;
}

function problemOf(value: JsonValue, expected: ItemSchema['members'][string]): string | undefined {
  if (typeof expected === 'string') {
    const isExpected = typeof value === expected;
    return isExpected ? undefined : `${shown(value)} is not of type '${expected}'`;
  }
  if (typeof value === 'string' && expected.includes(value)) return undefined;
  return `${shown(value)} is not one of ${pythonRepr([...expected])}`;
}

function shown(value: JsonValue): string {
  const text = pythonRepr(value);
  return text.length <= longestShown ? text : `${text.slice(0, longestShown).toWellFormed()}...`;
}
