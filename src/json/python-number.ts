/**
 * A float as Python's `repr` writes it: the shortest digits that give the same number, always with a
 * fraction or an exponent, and exponents of at least two digits below -4 and from 16 on.
 */
export function pythonFloat(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '', exponentText = ''] = Math.abs(value).toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  const digits = mantissa.replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/**
 * A number as Python's `json.dumps` writes it. With the numeral that it came as, Python's int and float are
 * told apart; without, whole numbers are ints as long as JavaScript writes them as such. What is not finite
 * becomes `null`, where Python writes `NaN`, which is no JSON.
 */
export function pythonNumber(value: number, numeral?: string): string {
  if (!Number.isFinite(value)) return 'null';
  if (numeral !== undefined) {
    if (/[.eE]/.test(numeral)) return pythonFloat(value);
    return numeral === '-0' ? '0' : numeral;
  }
  const isInt = Number.isInteger(value) && Math.abs(value) < 1e21 && !Object.is(value, -0);
  return isInt ? String(value) : pythonFloat(value);
}
