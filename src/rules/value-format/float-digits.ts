/** Digits of a number, rounded half to even as Python does. */
export interface Digits {
  /** At least one; the point stands behind the first. */
  readonly digits: string;
  readonly exponent: number;
}

/** A finite, non-negative number in fixed notation with so many digits behind the point. */
export function fixedDigits(value: number, precision: number): string {
  const { numerator, denominator } = fractionOf(value);
  const scaled = roundedQuotient(numerator * 10n ** BigInt(precision), denominator).toString();
  if (precision === 0) return scaled;
  const text = scaled.padStart(precision + 1, '0');
  return `${text.slice(0, -precision)}.${text.slice(-precision)}`;
}

/** The first so many digits (at least one) of a finite, non-negative number. */
export function leadingDigits(value: number, count: number): Digits {
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 };
  const { numerator, denominator } = fractionOf(value);
  // The estimate is right or, for a number just below a power of ten, one that rounding corrects.
  const estimate = Number(value.toExponential().split('e')[1]);
  const shift = count - 1 - estimate;
  const rounded =
    shift >= 0
      ? roundedQuotient(numerator * 10n ** BigInt(shift), denominator)
      : roundedQuotient(numerator, denominator * 10n ** BigInt(-shift));
  const digits = rounded.toString();
  return digits.length > count
    ? { digits: digits.slice(0, count), exponent: estimate + 1 }
    : { digits, exponent: estimate };
}

const mantissaBits = 52;
const exponentBias = 1075;

/** The very number that a double stands for. */
function fractionOf(value: number): { numerator: bigint; denominator: bigint } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> BigInt(mantissaBits)) & 0x7ffn);
  const mantissa = bits & ((1n << BigInt(mantissaBits)) - 1n);
  const whole = biased === 0 ? mantissa : mantissa | (1n << BigInt(mantissaBits));
  const exponent = Math.max(biased, 1) - exponentBias;
  return exponent >= 0
    ? { numerator: whole << BigInt(exponent), denominator: 1n }
    : { numerator: whole, denominator: 1n << BigInt(-exponent) };
}

function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}
