import { ExpressionError } from './expression-error.ts';
import type { ExpressionReader } from './expression-reader.ts';

/** How often something is repeated; `most` is `undefined` for any number. */
export interface Quantifier {
  readonly least: number;
  readonly most: number | undefined;
}

/** The engine's own. */
const mostRepetitions = 1000;

/**
 * Reads `*`, `+`, `?`, `{2}`, `{2,}`, `{,3}` or `{2,3}` with what makes it lazy; `undefined` when none of them
 * comes next, such as for a brace that stands for itself.
 *
 * @throws ExpressionError in Python's words; for possessive ones (`a++`) and for more than a thousand in our own.
 */
export function readQuantifier(reader: ExpressionReader): Quantifier | undefined {
  const start = reader.position;
  const quantifier = readTimes(reader);
  if (quantifier === undefined) return undefined;
  if (reader.next === '+') throw reader.failure('possessive repetitions are not supported', start);
  reader.skip('?');
  return quantifier;
}

function readTimes(reader: ExpressionReader): Quantifier | undefined {
  if (reader.skip('*')) return { least: 0, most: undefined };
  if (reader.skip('+')) return { least: 1, most: undefined };
  if (reader.skip('?')) return { least: 0, most: 1 };
  return readBraces(reader);
}

function readBraces(reader: ExpressionReader): Quantifier | undefined {
  const start = reader.position;
  if (!reader.skip('{')) return undefined;
  const least = reader.takeWhile(/[0-9]/, Number.POSITIVE_INFINITY);
  const isRange = reader.skip(',');
  const most = isRange ? reader.takeWhile(/[0-9]/, Number.POSITIVE_INFINITY) : least;
  if (!reader.skip('}') || (!isRange && least === '')) {
    reader.return(start);
    return undefined;
  }
  const quantifier = {
    least: times(least === '' ? '0' : least),
    most: most === '' ? undefined : times(most),
  };
  if (quantifier.most !== undefined && quantifier.most < quantifier.least) {
    throw reader.failure('min repeat greater than max repeat', start + 1);
  }
  return quantifier;
}

function times(digits: string): number {
  const number = Number(digits);
  if (number <= mostRepetitions) return number;
  throw new ExpressionError(`expected at most ${mostRepetitions} repetitions, got ${digits.slice(0, 20)}`);
}
