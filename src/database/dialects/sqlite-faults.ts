import { type Fault, faultTable } from './fault.ts';
import { fieldOf } from './field-of.ts';

/** https://www.sqlite.org/rescode.html; an extended code has its primary code in the lowest byte. */
const faults = faultTable<number>({
  // Of a primary key and of a unique index; other constraints are none of these.
  unique: [1555, 2067],
  'disk-full': [13],
  'disk-error': [10],
  damaged: [11, 26],
  forbidden: [3, 8, 14],
  overloaded: [7],
});

const genericError = 1;

const missingPart = /^(?:no such (?:table|column)|table \S+ has no column named)\b/;

/** The fault of what SQLite threw. */
export function sqliteFaults(error: unknown): Fault | null {
  const code = Number(fieldOf(error, 'errcode'));
  if (code === genericError && missingPart.test((error as Error).message)) return 'schema';
  return faults.get(code) ?? faults.get(code & 0xff) ?? null;
}
