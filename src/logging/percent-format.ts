/** A format string of Python's `%` operator with named placeholders, ready to use. */
export interface PercentFormat {
  /** The names that occur. */
  readonly names: ReadonlySet<string>;
  /** `undefined` stands for a name without a value: `-`, or `0` where a number is asked for. */
  render(valueOf: (name: string) => string | number | undefined): string;
}

type ValueOf = (name: string) => string | number | undefined;

const placeholder = /%(?:%|\((\w+)\)([-0]*)(\d*)(?:\.(\d+))?([a-zA-Z]))/g;

/**
 * Reads `%(name)s`, `%(name)03d`, `%(name)-10s`, `%(name).3f` and `%%`; conversions are `s`, `d` and `f`, any
 * other letter counts as `s`. Text that is no placeholder stays.
 */
export function percentFormat(format: string): PercentFormat {
  const names = new Set<string>();
  const parts: ((valueOf: ValueOf) => string)[] = [];
  let end = 0;
  for (const match of format.matchAll(placeholder)) {
    const before = format.slice(end, match.index);
    const [all, name, flags = '', width = '', precision, conversion = 's'] = match;
    if (before !== '') parts.push(() => before);
    end = match.index + all.length;
    if (name === undefined) {
      parts.push(() => '%');
      continue;
    }
    names.add(name);
    const pad = padding(flags, Math.min(Number(width), 200));
    parts.push((valueOf) => pad(convert(valueOf(name), conversion, precision)));
  }
  const after = format.slice(end);
  if (after !== '') parts.push(() => after);
  return { names, render: (valueOf) => parts.map((part) => part(valueOf)).join('') };
}

function convert(
  value: string | number | undefined,
  conversion: string,
  precision: string | undefined,
): string {
  if (conversion === 'd') return String(Math.trunc(Number(value) || 0));
  if (conversion === 'f') return (Number(value) || 0).toFixed(Math.min(Number(precision ?? 6), 20));
  const text = value === undefined ? '-' : String(value);
  return precision === undefined ? text : text.slice(0, Number(precision));
}

function padding(flags: string, width: number): (text: string) => string {
  if (flags.includes('-')) return (text) => text.padEnd(width);
  const filler = flags.includes('0') ? '0' : ' ';
  return (text) => text.padStart(width, filler);
}
