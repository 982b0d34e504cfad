import { InspectorError } from '../../errors/inspector-error.ts';
import { pythonFloat } from '../../json/python-number.ts';
import { pythonRepr } from '../../json/python-repr.ts';
import { isDict, type PythonValue } from './python-value.ts';

/** UTF-16 units of a text that is made of a value; texts that came as such are not limited. */
const longestText = 4 * 1024 * 1024;

/**
 * A value as Python's `str` writes it: text as it stands, everything else as `pythonLiteral`.
 *
 * @throws InspectorError `invalid` for more than `longest` UTF-16 units (docs/compatibility.md, rule-limits).
 */
export function pythonText(value: PythonValue, longest = longestText): string {
  return typeof value === 'string' ? value : pythonLiteral(value, longest);
}

/**
 * A value as Python's `repr` writes it: `{'a b': [1, 1.0, None, True]}`.
 *
 * @throws InspectorError `invalid` for more than `longest` UTF-16 units (docs/compatibility.md, rule-limits).
 */
export function pythonLiteral(value: PythonValue, longest = longestText): string {
  const pieces: string[] = [];
  let length = 0;
  const write = (piece: string) => {
    length += piece.length;
    if (length > longest) {
      throw new InspectorError('invalid', `the value as text is longer than ${longest} characters`);
    }
    pieces.push(piece);
  };
  writeValue(value, write);
  return pieces.join('');
}

/** A number as Python writes it; `nan` and `inf` as well. */
export function numberText(value: bigint | number): string {
  if (typeof value === 'bigint') return value.toString();
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return pythonFloat(value);
}

function writeValue(value: PythonValue, write: (piece: string) => void): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    write(pythonRepr(value));
  } else if (typeof value === 'bigint' || typeof value === 'number') {
    write(numberText(value));
  } else if (isDict(value)) {
    writeDict(value, write);
  } else {
    write('[');
    for (const [index, item] of value.entries()) {
      if (index > 0) write(', ');
      writeValue(item, write);
    }
    write(']');
  }
}

function writeDict(dict: ReadonlyMap<string, PythonValue>, write: (piece: string) => void): void {
  let separator = '';
  write('{');
  for (const [name, member] of dict) {
    write(`${separator}${pythonRepr(name)}: `);
    writeValue(member, write);
    separator = ', ';
  }
  write('}');
}
