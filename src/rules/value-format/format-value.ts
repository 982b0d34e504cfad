import { InspectorError } from '../../errors/inspector-error.ts';
import { type ExactNumbers } from '../../json/exact-numbers.ts';
import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import type { ParsedJson } from '../../json/parse-json.ts';
import { memberOf, type PythonValue, pythonValue, typeNameOf } from '../python-value/python-value.ts';
import { converted, formatField } from './format-field.ts';
import { parseTemplate, type TemplateField, type TemplatePart } from './parse-template.ts';

/** UTF-16 units of all texts of one value; docs/compatibility.md, rule-limits */
const longestResult = 65_535;

/** UTF-16 units of the data that one value may go through, result or not; docs/compatibility.md, rule-limits */
const mostRead = 1_000_000;

/** What fields are replaced from. */
interface Source extends ParsedJson<JsonObject> {
  /** Counts what is gone through: an index, a conversion and a specification take time that the result does not show. */
  readonly read: (text: string) => void;
}

function sourceOf(data: ParsedJson<JsonObject>): Source {
  let left = mostRead;
  const read = (text: string) => {
    left -= text.length;
    if (left < 0)
      throw new InspectorError('invalid', `it goes through more than ${mostRead} characters of data`);
  };
  return { ...data, read };
}

/**
 * Replaces `{data[...]}` in all texts of a value, in names of members as well. What is put in is not looked at
 * again. Other values pass unchanged; the value that is given stays as it is.
 *
 * @param exactNumbers of the value; copies of its containers are made known to it.
 * @throws InspectorError `invalid` for a template that is none, a part of the data that is not there, a result of
 *   more than 65,535 characters, and fields that go through more than a million.
 */
export function formatValue(
  value: JsonValue,
  data: ParsedJson<JsonObject>,
  exactNumbers: ExactNumbers,
): JsonValue {
  const source = sourceOf(data);
  let left = longestResult;
  const formatText = (text: string) => {
    const result = rendered(parseTemplate(text), source, left);
    left -= result.length;
    return result;
  };
  const format = (given: JsonValue): JsonValue => {
    if (typeof given === 'string') return formatText(given);
    if (Array.isArray(given)) {
      const copy = given.map(format);
      exactNumbers.follow(given, copy);
      return copy;
    }
    if (!isObject(given)) return given;
    const copy = Object.fromEntries(
      Object.entries(given).map(([name, member]) => [formatText(name), format(member)]),
    );
    exactNumbers.follow(given, copy);
    return copy;
  };
  return format(value);
}

/**
 * Checks the templates of a value, as far as that is possible without data.
 *
 * @throws InspectorError `invalid` with the reason.
 */
export function checkTemplates(value: JsonValue): void {
  if (typeof value === 'string') parseTemplate(value);
  else if (Array.isArray(value)) value.forEach(checkTemplates);
  else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      parseTemplate(name);
      checkTemplates(member);
    }
  }
}

function rendered(parts: readonly TemplatePart[], data: Source, longest: number): string {
  let text = '';
  for (const part of parts) {
    text += typeof part === 'string' ? part : renderedField(part, data, longest - text.length);
    if (text.length > longest) {
      throw new InspectorError('invalid', `the result is longer than ${longestResult} characters`);
    }
  }
  return text;
}

function renderedField({ path, conversion, spec }: TemplateField, data: Source, longest: number): string {
  const value = valueAt(path, data);
  const ready = conversion === undefined ? value : converted(value, conversion, longest);
  const specification = rendered(spec, data, longest);
  if (typeof ready === 'string') data.read(ready);
  data.read(specification);
  return formatField(ready, specification, longest);
}

function valueAt(
  path: readonly (string | number)[],
  { value: root, exactNumbers, read }: Source,
): PythonValue {
  let value: JsonValue = root;
  let numeral: string | undefined;
  for (const [depth, key] of path.entries()) {
    if (typeof value === 'string') read(value);
    const member = memberAt(value, key);
    if (member === undefined) throw missing(value, path.slice(0, depth + 1), exactNumbers);
    const isNumber = typeof member === 'number' && typeof value === 'object' && value !== null;
    numeral = isNumber ? exactNumbers.numeralOf(value as object, String(key), member) : undefined;
    value = member;
  }
  return pythonValue(value, exactNumbers, numeral);
}

/** Names lead into objects alone, indices into lists and texts. */
function memberAt(value: JsonValue, key: string | number): JsonValue | undefined {
  if (typeof key === 'string') return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  if (Array.isArray(value)) return value[key];
  return typeof value === 'string' ? Array.from(value)[key] : undefined;
}

function missing(
  value: JsonValue,
  path: readonly (string | number)[],
  exactNumbers: ExactNumbers,
): InspectorError {
  const key = path.at(-1) ?? '';
  const type = typeNameOf(isObject(value) ? new Map() : memberOf([], '0', value, exactNumbers));
  const place = `data${path.map((part) => `[${part}]`).join('')}`;
  if (isObject(value)) return new InspectorError('invalid', `${place} is not in the introspection data`);
  const isIndexed = Array.isArray(value) || typeof value === 'string';
  const reason =
    isIndexed && typeof key === 'number'
      ? `index out of range of ${Array.from(value).length}`
      : isIndexed
        ? `${type} indices must be whole numbers`
        : `'${type}' object is not subscriptable`;
  return new InspectorError('invalid', `${place} is not in the introspection data: ${reason}`);
}
