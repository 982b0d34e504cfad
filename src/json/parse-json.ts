import { InspectorError } from '../errors/inspector-error.ts';
import { type DecodedJson, decodeJson } from './decode-json.ts';
import { describeJsonError } from './describe-json-error.ts';
import { ExactNumbers } from './exact-numbers.ts';
import { isObject, type JsonObject, type JsonValue } from './json-value.ts';
import { refuseUnusable } from './refuse-unusable.ts';
import { type JsonLimits, scanJson } from './scan-json.ts';

/** A parsed document together with the numerals that a JavaScript number would change. */
export interface ParsedJson<T extends JsonValue = JsonValue> {
  readonly value: T;
  readonly exactNumbers: ExactNumbers;
}

/** What a document from outside may be. The largest inventories seen are 9 deep and have 6,000 members. */
export const documentLimits: JsonLimits = { depth: 128, members: 500_000 };

/**
 * Parses a JSON document that comes from outside: UTF-8, UTF-16 or UTF-32; the last of duplicate names
 * wins. The caller has limited its size.
 *
 * @throws InspectorError `invalid` naming the member or the position: malformed (with a SyntaxError as
 *   `cause`), beyond the limits, or with a value that is no data (see `refuseUnusable`).
 */
export function parseJson(body: Uint8Array, limits: JsonLimits = documentLimits): ParsedJson {
  return parseDecoded(decodeJson(body), limits);
}

/**
 * The same for a document that must be an object.
 *
 * @throws InspectorError `invalid`: `Invalid data: expected a JSON object, got list`, with the type named
 *   as in Python.
 */
export function parseJsonObject(
  body: Uint8Array,
  limits: JsonLimits = documentLimits,
): ParsedJson<JsonObject> {
  const decoded = decodeJson(body);
  const { value, exactNumbers } = parseDecoded(decoded, limits);
  if (isObject(value)) return { value, exactNumbers };
  const type = typeName(value, decoded.text);
  throw new InspectorError('invalid', `Invalid data: expected a JSON object, got ${type}`);
}

function parseDecoded({ text, bytes }: DecodedJson, limits: JsonLimits): ParsedJson {
  const scan = scanJson(bytes, limits);
  const exactNumbers = new ExactNumbers();
  try {
    const value = (scan.oddNumerals ? parseExactly(text, exactNumbers) : JSON.parse(text)) as JsonValue;
    if (scan.oddNumerals || scan.oddStrings) refuseUnusable(value);
    return { value, exactNumbers };
  } catch (error) {
    throw error instanceof SyntaxError ? malformed(text, error) : error;
  }
}

/** Ten times slower than without a reviver, hence only where the scan asks for it. */
function parseExactly(text: string, exactNumbers: ExactNumbers): unknown {
  const remember = function (
    this: object,
    key: string,
    value: unknown,
    context?: { source?: string },
  ): unknown {
    const numeral = context?.source;
    if (typeof value === 'number' && numeral !== undefined && String(value) !== numeral) {
      exactNumbers.remember(this, key, numeral);
    }
    return value;
  };
  return JSON.parse(text, remember);
}

function malformed(text: string, cause: SyntaxError): InspectorError {
  if (text.trim() === '') {
    return new InspectorError('invalid', 'Invalid data: expected a JSON object, got an empty body', {
      cause,
    });
  }
  const { reason, nonFinite } = describeJsonError(text);
  if (nonFinite) return new InspectorError('invalid', `Invalid data: ${reason}`);
  const message = `Invalid data: expected a JSON object, got malformed JSON (${reason})`;
  return new InspectorError('invalid', message, { cause });
}

function typeName(value: Exclude<JsonValue, JsonObject>, text: string): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  return /[.eE]/.test(text) ? 'float' : 'int';
}
