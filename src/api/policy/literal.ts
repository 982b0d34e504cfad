import { pythonFloat } from '../../json/python-number.ts';

/** A word of Python's that means itself, and its text. */
const constants: Readonly<Record<string, string>> = { True: 'True', False: 'False', None: 'None' };

/**
 * The text of a literal in Python's notation, as `str` writes it: `True`, `0x10` (16), `1e3` (1000.0), `'text'`.
 * `undefined` for anything else, such as the name of an attribute.
 */
export function literalText(source: string): string | undefined {
  if (Object.hasOwn(constants, source)) return constants[source];
  const quoted = /^(['"])((?:(?!\1)[^\\])*)\1$/.exec(source);
  if (quoted !== null) return quoted[2];
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(source) ?? [];
  const number = digits.replaceAll(/(?<=[\da-f])_(?=[\da-f])/gi, '');
  if (/^(?:0+|[1-9]\d*|0x[\da-f]+|0o[0-7]+|0b[01]+)$/i.test(number)) {
    const whole = BigInt(number);
    return String(sign === '-' ? -whole : whole);
  }
  if (!/^(?:\d+\.\d*|\.\d+|\d+(?=e))(?:e[+-]?\d+)?$/i.test(number)) return undefined;
  const value = Number(sign + number);
  return Number.isFinite(value) ? pythonFloat(value) : `${sign === '-' ? '-' : ''}inf`;
}
