import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { fieldOf } from './field-of.ts';

const tooLong = 'it is too long';
const outOfRange = 'the number is too large or too small';
const character = 'it has a character that the database cannot hold there';

/** By the code of PostgreSQL or the number of MySQL. */
const reasons: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ['22001', tooLong],
  [1406, tooLong],
  ['22003', outOfRange],
  [1264, outOfRange],
  ['22021', character],
  [1267, character],
  [1366, character],
  [3988, character],
]);

/** MySQL names the column at the end, after the table or not. */
const namedColumn = / for column (?:`[^`]*`\.)*[`']([^`']+)[`'] at row \d+$/;

/**
 * The error for a value that the engine refuses. It does not repeat the value, which may be hostile or long, nor
 * name the database: whoever sent the value reads it.
 */
export function refusedValue(error: unknown): InspectorError {
  const reason = reasons.get(fieldOf(error, 'code')) ?? reasons.get(fieldOf(error, 'errno'));
  const [, column] = namedColumn.exec(messageOf(error)) ?? [];
  const what = column === undefined ? 'A value' : `The value of ${column}`;
  return new InspectorError(
    'invalid',
    `${what} cannot be stored or looked for: ${reason ?? 'the database refuses it'}. Send another one`,
    { cause: error },
  );
}
