import { InspectorError } from '../../errors/inspector-error.ts';
import { numberText } from '../python-value/python-text.ts';
import { fixedDigits, leadingDigits } from './float-digits.ts';
import { type FormatSpec, padded } from './format-spec.ts';

const radixes: Readonly<Record<string, { base: number; prefix: string }>> = {
  b: { base: 2, prefix: '0b' },
  o: { base: 8, prefix: '0o' },
  x: { base: 16, prefix: '0x' },
  X: { base: 16, prefix: '0X' },
};

const floatTypes = ['', 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%'];

/** Digits of a float in `e`, `f`, `g` and `%` where none are asked for. */
const usualPrecision = 6;

const lastCodePoint = 0x10ffffn;

/**
 * A whole number as Python's `format` writes it.
 *
 * @throws InspectorError `invalid` with Python's sentence for a specification that does not fit.
 */
export function formatInt(value: bigint, spec: FormatSpec): string {
  const { type } = spec;
  if (type !== '' && floatTypes.includes(type) && type !== 'n') return formatFloat(Number(value), spec);
  if (spec.precision !== undefined) throw failure('Precision not allowed in integer format specifier');
  if (spec.noNegativeZero) {
    throw failure('Negative zero coercion (z) not allowed in integer format specifier');
  }
  if (type === 'c') return formatCharacter(value, spec);
  const radix = Object.hasOwn(radixes, type) ? radixes[type] : undefined;
  if (radix === undefined && !['', 'd', 'n'].includes(type)) throw unknownType(type, 'int');
  refuseGrouping(spec, radix === undefined ? ['', 'd'] : []);
  const plain = (value < 0n ? -value : value).toString(radix?.base ?? 10);
  const digits = type === 'X' ? plain.toUpperCase() : plain;
  const prefix = spec.alternate ? (radix?.prefix ?? '') : '';
  const size = radix === undefined ? 3 : 4;
  return signed(value < 0n, spec, { prefix, whole: digits, rest: '', size });
}

/**
 * A float as Python's `format` writes it.
 *
 * @throws InspectorError `invalid` with Python's sentence for a specification that does not fit.
 */
export function formatFloat(value: number, spec: FormatSpec): string {
  const { type } = spec;
  if (!floatTypes.includes(type)) throw unknownType(type, 'float');
  refuseGrouping(
    spec,
    floatTypes.filter((name) => name !== 'n'),
  );
  const text = Number.isFinite(value) ? finite(Math.abs(value), spec) : numberText(Math.abs(value));
  const cased = type === 'E' || type === 'F' || type === 'G' ? text.toUpperCase() : text;
  const isNegative = value < 0 || Object.is(value, -0);
  const isZero = !/[1-9a-z]/i.test(text.split('e')[0] ?? '');
  const whole = /^\d+/.exec(cased)?.[0] ?? '';
  const rest = cased.slice(whole.length) + (type === '%' ? '%' : '');
  const showsSign = isNegative && !(spec.noNegativeZero && isZero);
  return signed(showsSign, spec, { prefix: '', whole, rest, size: 3 });
}

/** A finite, non-negative number without its sign. */
function finite(value: number, spec: FormatSpec): string {
  const precision = spec.precision ?? usualPrecision;
  switch (spec.type) {
    case 'e':
    case 'E':
      return exponential(leadingDigits(value, precision + 1), spec.alternate);
    case 'f':
    case 'F':
      return withPoint(fixedDigits(value, precision), spec);
    case '%':
      return percentage(value, precision, spec);
    case '':
      return spec.precision === undefined ? shortest(value, spec) : general(value, spec, 'short');
    default:
      return general(value, spec, 'plain');
  }
}

/** As `str` writes it; with `#` there is a point in any case. */
function shortest(value: number, { alternate }: FormatSpec): string {
  const text = numberText(value);
  return alternate && !text.includes('.') ? text.replace('e', '.e') : text;
}

/** `g`: the shorter of both notations; without a type a float always looks like one. */
function general(value: number, spec: FormatSpec, style: 'plain' | 'short'): string {
  const precision = Math.max(spec.precision ?? usualPrecision, 1);
  const leading = leadingDigits(value, precision);
  const { exponent } = leading;
  const limit = style === 'short' ? precision - 1 : precision;
  if (exponent < -4 || exponent >= limit) {
    const digits = spec.alternate ? leading.digits : leading.digits.replace(/0+$/, '') || '0';
    return exponential({ digits, exponent }, spec.alternate);
  }
  const whole = exponent < 0 ? '0' : leading.digits.slice(0, exponent + 1);
  const zeros = exponent < 0 ? '0'.repeat(-exponent - 1) : '';
  const all = zeros + leading.digits.slice(Math.max(exponent + 1, 0));
  const behind = spec.alternate ? all : all.replace(/0+$/, '');
  if (behind !== '') return `${whole}.${behind}`;
  return style === 'short' ? `${whole}.0` : withPoint(whole, spec);
}

function exponential({ digits, exponent }: { digits: string; exponent: number }, point: boolean): string {
  const behind = digits.length > 1 || point ? `.${digits.slice(1)}` : '';
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits.charAt(0)}${behind}e${exponent < 0 ? '-' : '+'}${size}`;
}

/** Beyond the largest float the hundredfold is infinite, as in Python. */
function percentage(value: number, precision: number, spec: FormatSpec): string {
  const hundredfold = value * 100;
  return Number.isFinite(hundredfold)
    ? withPoint(fixedDigits(hundredfold, precision), spec)
    : numberText(hundredfold);
}

function withPoint(text: string, spec: FormatSpec): string {
  return spec.alternate && !text.includes('.') ? `${text}.` : text;
}

function formatCharacter(value: bigint, spec: FormatSpec): string {
  if (spec.sign !== undefined) throw failure("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) throw failure("Alternate form (#) not allowed with integer format specifier 'c'");
  refuseGrouping(spec, []);
  if (value < 0n || value > lastCodePoint) throw failure('%c arg not in range(0x110000)');
  return padded(spec, '', String.fromCodePoint(Number(value)), '>');
}

/** What a number consists of but for its sign. */
interface Pieces {
  readonly prefix: string;
  /** Digits that are grouped. */
  readonly whole: string;
  readonly rest: string;
  /** Digits in a group. */
  readonly size: number;
}

function signed(isNegative: boolean, spec: FormatSpec, { prefix, whole, rest, size }: Pieces): string {
  const positive = spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  const sign = (isNegative ? '-' : positive) + prefix;
  if (spec.grouping === undefined) return padded(spec, sign, whole + rest, '>');
  const isBehindSign = spec.align === '=' || (spec.align === undefined && spec.zeros);
  const fillsZeros = isBehindSign && (spec.fill ?? (spec.zeros ? '0' : ' ')) === '0';
  const separator = spec.grouping;
  let digits = whole;
  // Zeros in front are grouped with the digits, and the last may be one more than the width.
  const isShort = () =>
    fillsZeros && (sign + grouped(digits, separator, size) + rest).length < (spec.width ?? 0);
  while (isShort()) digits = `0${digits}`;
  return padded(spec, sign, grouped(digits, separator, size) + rest, '>');
}

function grouped(digits: string, separator: string, size: number): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= size) {
    groups.unshift(digits.slice(Math.max(end - size, 0), end));
  }
  return groups.join(separator);
}

/** Underscores go with digits of other bases as well. */
function refuseGrouping({ grouping, type }: FormatSpec, allowed: readonly string[]): void {
  if (grouping === undefined || allowed.includes(type)) return;
  if (grouping === '_' && Object.hasOwn(radixes, type)) return;
  throw failure(`Cannot specify '${grouping}' with '${type}'.`);
}

function unknownType(type: string, of: string): InspectorError {
  return failure(`Unknown format code '${type}' for object of type '${of}'`);
}

function failure(reason: string): InspectorError {
  return new InspectorError('invalid', reason);
}
