/** Longer arguments match no pattern: a pattern that backtracks could otherwise be kept busy by its caller. */
const longestArgument = 4096;

/**
 * A pattern of a filter file, in Python's notation, as a test of a whole argument. Alternatives count as one
 * group and a line feed at the end is no match, where the original allows `a` followed by anything for `a|b`, and
 * `x\n` for `x` (docs/compatibility.md, rootwrap-whole-arguments). A pattern that cannot be read allows nothing.
 *
 * Patterns come from files that only root may write; they run on JavaScript's own engine, on arguments of at most
 * 4,096 characters.
 */
export function argumentPattern(pattern: string): (argument: string) => boolean {
  try {
    const whole = new RegExp(`^(?:${fromPython(pattern)})$`, 's');
    return (argument) => argument.length <= longestArgument && whole.test(argument);
  } catch {
    return () => false;
  }
}

/** The spellings that mean something else, or nothing, in JavaScript. */
function fromPython(pattern: string): string {
  return pattern.replace(/\\.|\(\?P<|\(\?P=(\w+)\)/gs, (part, name?: string) => {
    if (part === '\\A') return '^';
    if (part === '\\Z') return '$';
    if (part === '(?P<') return '(?<';
    return name === undefined ? part : `\\k<${name}>`;
  });
}
