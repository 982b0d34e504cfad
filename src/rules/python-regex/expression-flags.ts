import type { ExpressionReader } from './expression-reader.ts';

/** Python's flags, as far as they change what an expression matches. */
export interface ExpressionFlags {
  readonly ascii: boolean;
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
}

/** What holds without any flags. */
export const noFlags: ExpressionFlags = {
  ascii: false,
  ignoreCase: false,
  multiline: false,
  dotAll: false,
  verbose: false,
};

const members: Readonly<Record<string, keyof ExpressionFlags | undefined>> = {
  a: 'ascii',
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  x: 'verbose',
};

/**
 * The flags that hold behind flags such as `i`, `ims` and `i-s`, or `undefined` when there are none of these.
 *
 * @throws ExpressionError in Python's words.
 */
export function readFlags(reader: ExpressionReader, before: ExpressionFlags): ExpressionFlags | undefined {
  const on = reader.takeWhile(/[aiLmsux]/, Number.POSITIVE_INFINITY);
  const off = reader.skip('-') ? reader.takeWhile(/[imsx]/, Number.POSITIVE_INFINITY) : '';
  if (on === '' && off === '') return undefined;
  if (on.includes('L')) throw badFlags(reader, "cannot use 'L' flag with a str pattern");
  if (on.includes('a') && on.includes('u')) throw badFlags(reader, "flags 'a', 'u' and 'L' are incompatible");
  if (Array.from(off).some((flag) => on.includes(flag))) throw badFlags(reader, 'flag turned on and off');
  const changed: Partial<Record<keyof ExpressionFlags, boolean>> = on.includes('u') ? { ascii: false } : {};
  for (const [flags, value] of [[on, true] as const, [off, false] as const]) {
    for (const flag of flags) {
      const member = members[flag];
      if (member !== undefined) changed[member] = value;
    }
  }
  return { ...before, ...changed };
}

function badFlags(reader: ExpressionReader, reason: string): Error {
  return reader.failure(`bad inline flags: ${reason}`);
}
