import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { kindOf } from './kind-of.ts';
import { ramdiskSchema, type Shape } from './ramdisk-schema.ts';

/** More than any machine has, virtual functions included. */
const mostInterfaces = 2000;

/**
 * Refuses a document that has a value of the wrong type at a known path, before anything reads it. Missing
 * keys, `null` and unknown keys are fine. The original fails with a 500 wherever it trips over the value
 * (docs/compatibility.md, ramdisk-wrong-types).
 *
 * @throws InspectorError `invalid` naming the first such path:
 * `inventory.interfaces[2].mac_address: expected text or null, got a number`.
 */
export function checkRamdiskData(data: JsonObject): void {
  const found = check(data, ramdiskSchema, false) ?? tooMany(data);
  if (found === undefined) return;
  const path = found.path.toReversed().join('').replace(/^\./, '');
  throw new InspectorError('invalid', `${path}: expected ${found.expected}, got ${found.got}`);
}

/** Each interface costs queries and may become a port, so their number is bounded. */
function tooMany({ inventory }: JsonObject): Problem | undefined {
  const interfaces = isObject(inventory) ? inventory.interfaces : undefined;
  if (!Array.isArray(interfaces) || interfaces.length <= mostInterfaces) return undefined;
  const path = ['.interfaces', '.inventory'];
  return { path, expected: `at most ${mostInterfaces} interfaces`, got: String(interfaces.length) };
}

/** The path's segments are collected innermost first, as the search returns. */
interface Problem {
  readonly path: string[];
  readonly expected: string;
  readonly got: string;
}

function check(value: JsonValue, shape: Shape, inList: boolean): Problem | undefined {
  if (value === null && !inList) return undefined;
  switch (shape.kind) {
    case 'anything':
      return undefined;
    case 'text':
      return typeof value === 'string' ? undefined : problem(value, 'text', inList);
    case 'number':
      return checkNumber(value, 'a number', inList);
    case 'scalar':
      if (typeof value === 'string' || typeof value === 'boolean') return undefined;
      return checkNumber(value, 'text, a number, true, false', inList);
    case 'object':
      if (!isObject(value)) return problem(value, 'an object', inList);
      return checkMembers(value, (key) =>
        Object.hasOwn(shape.members, key) ? shape.members[key] : undefined,
      );
    case 'table':
      return isObject(value) ? checkMembers(value, () => shape.of) : problem(value, 'an object', inList);
    default:
      return checkList(value, shape, inList);
  }
}

function checkNumber(value: JsonValue, expected: string, inList: boolean): Problem | undefined {
  if (typeof value !== 'number') return problem(value, expected, inList);
  // A numeral such as 1e999 is infinite once it is a number.
  return Number.isFinite(value) ? undefined : { path: [], expected: 'a finite number', got: String(value) };
}

function checkMembers(value: JsonObject, shapeOf: (key: string) => Shape | undefined): Problem | undefined {
  for (const key of Object.keys(value)) {
    const shape = shapeOf(key);
    const member = value[key];
    if (shape === undefined || member === undefined) continue;
    const found = check(member, shape, false);
    if (found !== undefined) return within(found, segment(key));
  }
  return undefined;
}

function checkList(value: JsonValue, shape: Shape & { kind: 'list' }, inList: boolean): Problem | undefined {
  if (shape.orText === true && typeof value === 'string') return undefined;
  if (!Array.isArray(value)) return problem(value, 'a list', inList);
  for (const [index, item] of value.entries()) {
    const found = check(item, shape.of, true);
    if (found !== undefined) return within(found, `[${index}]`);
  }
  return undefined;
}

function problem(value: JsonValue, expected: string, inList: boolean): Problem {
  return { path: [], expected: inList ? expected : `${expected} or null`, got: kindOf(value) };
}

function within(found: Problem, part: string): Problem {
  found.path.push(part);
  return found;
}

/** A key of the ramdisk's own choice is quoted, and cut where it is long. */
function segment(key: string): string {
  return /^[a-z_0-9]{1,40}$/.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 40))}]`;
}
