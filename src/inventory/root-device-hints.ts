import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { pythonStr } from '../json/python-repr.ts';
import type { Logger } from '../logging/logger.ts';
import {
  type HintExpression,
  normalizedAttribute,
  normalizedHint,
  parseExpression,
  splitHint,
} from './hint-expression.ts';
import { satisfies } from './hint-operators.ts';
import { kindOf } from './kind-of.ts';
import { wholeNumber } from './whole-number.ts';

/** The hints that there are; the order is that of the message about unknown ones. */
const hintTypes: ReadonlyMap<string, 'text' | 'integer' | 'boolean'> = new Map([
  ['size', 'integer'],
  ['model', 'text'],
  ['wwn', 'text'],
  ['serial', 'text'],
  ['vendor', 'text'],
  ['wwn_with_extension', 'text'],
  ['wwn_vendor_extension', 'text'],
  ['name', 'text'],
  ['rotational', 'boolean'],
  ['hctl', 'text'],
  ['by_path', 'text'],
]);

const bytesPerGib = 2 ** 30;

/** Whether a disk of the inventory satisfies one hint. */
type Matcher = (disk: JsonObject, log: Logger) => boolean;

/**
 * The disks that satisfy all hints, in the order given, worked out one at a time: a disk after the last one
 * asked for is not looked at.
 *
 * @param hints An object such as `properties.root_device` of a node: `{"size": ">= 50", "vendor": "acme"}`.
 * Text is compared without regard to case, `size` in GiB, `rotational` as a boolean.
 * @throws InspectorError `invalid` with the original's text when a hint, or an operator with a disk's
 * attribute, makes no sense.
 */
export function* matchingDisks(
  disks: readonly JsonObject[],
  hints: JsonValue,
  log: Logger,
): Generator<JsonObject> {
  const matchers = matchersOf(hints);
  for (const disk of disks) {
    if (matchers.every((matches) => matches(disk, log))) yield disk;
  }
}

function matchersOf(hints: JsonValue): Matcher[] {
  if (!isObject(hints) || Object.keys(hints).length === 0) {
    const got = isObject(hints) ? 'an empty object' : kindOf(hints);
    throw invalid(`Expected an object of root device hints, got ${got}`);
  }
  const unknown = Object.keys(hints).filter((name) => !hintTypes.has(name));
  if (unknown.length > 0) {
    const valid = [...hintTypes.keys()].join(', ');
    throw invalid(`The hints "${unknown.join(', ')}" are invalid. Valid hints are: "${valid}"`);
  }
  return Object.entries(hints).map(([name, expression]) => {
    const type = hintTypes.get(name);
    if (type === 'integer') return sizeMatcher(name, expression);
    return type === 'boolean' ? booleanMatcher(name, expression) : textMatcher(name, expression);
  });
}

function textMatcher(name: string, expression: JsonValue): Matcher {
  if (typeof expression !== 'string') {
    throw invalid(
      `Root device hint "${name}" is not a string value. Hint expression: ${pythonStr(expression)}`,
    );
  }
  const { operator, values } = reparsed(normalizedHint(splitHint(name, expression)));
  return (disk, log) => {
    const attribute = disk[name] ?? null;
    if (attribute === null) return satisfies(null, operator ?? 's==', values);
    const text = normalizedAttribute(pythonStr(attribute));
    if (text !== undefined) return satisfies(text, operator ?? 's==', values);
    log.warning(`The attribute "${name}" of the disk "${nameOf(disk)}" is empty, skipping the disk`);
    return false;
  };
}

function sizeMatcher(name: string, expression: JsonValue): Matcher {
  for (const value of splitHint(name, expression).values) {
    const number = wholeNumber(value);
    const current = `Current value: ${pythonStr(expression)}`;
    if (number === undefined) throw invalid(`Root device hint "${name}" is not an integer value. ${current}`);
    if (number <= 0) throw invalid(`Root device hint "${name}" should be a positive integer. ${current}`);
  }
  const { operator, values } = reparsed(pythonStr(expression).trim());
  return (disk) => {
    const bytes = disk[name];
    if (typeof bytes === 'number') return satisfies(bytes / bytesPerGib, operator ?? '==', values);
    throw invalid(`Expected the size of the disk "${nameOf(disk)}" in bytes, got ${kindOf(bytes)}`);
  };
}

function booleanMatcher(name: string, expression: JsonValue): Matcher {
  const wanted = booleanOf(expression);
  if (wanted === undefined) {
    throw invalid(
      `Root device hint "${name}" is not a Boolean value. Current value: ${pythonStr(expression)}`,
    );
  }
  return (disk, log) => {
    const attribute = disk[name];
    const actual = booleanOf(attribute ?? null);
    if (actual === undefined) {
      log.warning(
        `The attribute "${name}" of the disk "${nameOf(disk)}" is no boolean but ${kindOf(attribute)}, skipping the disk`,
      );
    }
    return actual === wanted;
  };
}

/** What a disk is compared with: one value, but for `<or>`. A size stands as it was written. */
function reparsed(text: string): HintExpression {
  return parseExpression(text) ?? { operator: undefined, values: [text] };
}

/** The words that OpenStack's strict boolean parsing knows. */
function booleanOf(value: JsonValue): boolean | undefined {
  const word = pythonStr(value).trim().toLowerCase();
  if (['1', 't', 'true', 'on', 'y', 'yes'].includes(word)) return true;
  return ['0', 'f', 'false', 'off', 'n', 'no'].includes(word) ? false : undefined;
}

function nameOf(disk: JsonObject): string {
  return pythonStr(disk.name ?? null).slice(0, 200);
}

function invalid(message: string): InspectorError {
  return new InspectorError('invalid', message);
}
