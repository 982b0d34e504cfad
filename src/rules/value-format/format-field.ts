import { InspectorError } from '../../errors/inspector-error.ts';
import { pythonLiteral, pythonText } from '../python-value/python-text.ts';
import { type PythonValue, typeNameOf } from '../python-value/python-value.ts';
import { formatFloat, formatInt } from './format-number.ts';
import { type FormatSpec, padded, parseSpec } from './format-spec.ts';

/**
 * A value as Python's `format(value, spec)` writes it.
 *
 * @param longest UTF-16 units that are left.
 * @throws InspectorError `invalid` with Python's sentence for a specification that does not fit the value.
 */
export function formatField(value: PythonValue, spec: string, longest: number): string {
  if (spec === '') return pythonText(value, longest);
  const type = typeNameOf(value);
  if (value === null || typeof value === 'object') {
    throw failure(`unsupported format string passed to ${type}.__format__`);
  }
  const parsed = parseSpec(spec, type);
  if (typeof value === 'string') return formatText(value, parsed);
  return typeof value === 'number' ? formatFloat(value, parsed) : formatInt(BigInt(value), parsed);
}

/**
 * A value as a conversion (`!r`, `!s`, `!a`) makes text of it.
 *
 * @param longest UTF-16 units that are left.
 */
export function converted(value: PythonValue, conversion: string, longest: number): string {
  if (conversion === 's') return pythonText(value, longest);
  const text = pythonLiteral(value, longest);
  return conversion === 'r' ? text : ascii(text);
}

function formatText(value: string, spec: FormatSpec): string {
  const { type, sign, grouping } = spec;
  const inText = 'not allowed in string format specifier';
  if (type !== '' && type !== 's') throw failure(`Unknown format code '${type}' for object of type 'str'`);
  if (sign !== undefined) throw failure(`${sign === ' ' ? 'Space' : 'Sign'} ${inText}`);
  if (spec.noNegativeZero) throw failure(`Negative zero coercion (z) ${inText}`);
  if (spec.alternate) throw failure(`Alternate form (#) ${inText}`);
  if (grouping !== undefined) throw failure(`Cannot specify '${grouping}' with 's'.`);
  if (spec.align === '=') throw failure(`'=' alignment ${inText}`);
  const text = spec.precision === undefined ? value : Array.from(value).slice(0, spec.precision).join('');
  return padded(spec, '', text, '<');
}

function ascii(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
  });
}

function failure(reason: string): InspectorError {
  return new InspectorError('invalid', reason);
}
