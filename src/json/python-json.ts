import type { ExactNumbers } from './exact-numbers.ts';
import type { JsonValue } from './json-value.ts';
import { pythonLayout } from './python-layout.ts';
import { escapedUnit, writeJson } from './write-json.ts';

/**
 * The text that Python's `json.dumps` writes: one line with `, ` and `: `, ASCII only, names in their own
 * order, numbers as they came where `exactNumbers` knows them. Stored introspection data has this form.
 * Names that are whole numbers come first, as JavaScript keeps them so (docs/compatibility.md,
 * json-whole-number-names).
 */
export function pythonJson(value: JsonValue, exactNumbers?: ExactNumbers): string {
  const isPlain = exactNumbers === undefined || exactNumbers.isEmpty;
  const quick = isPlain ? quickly(value) : undefined;
  return quick ?? writeJson(value, { comma: ', ', colon: ': ', sorted: false }, exactNumbers);
}

/** `undefined` for a value that has to be written piece by piece. */
function quickly(value: JsonValue): string | undefined {
  try {
    const compact: string | undefined = JSON.stringify(value);
    if (compact === undefined) return undefined;
    const bytes = Buffer.from(compact);
    if (bytes.length === compact.length && !compact.includes('\u007f')) return pythonLayout(bytes);
    return pythonLayout(Buffer.from(compact.replace(/[\u007f-\uffff]/g, escapedUnit)));
  } catch (error) {
    // A cycle, which is refused below.
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
