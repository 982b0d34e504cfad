import { InspectorError } from '../../errors/inspector-error.ts';

/** What stands behind the colon of a field: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface FormatSpec {
  readonly fill: string | undefined;
  readonly align: '<' | '>' | '=' | '^' | undefined;
  readonly sign: '+' | '-' | ' ' | undefined;
  /** Whether -0.0 becomes 0.0. */
  readonly noNegativeZero: boolean;
  /** `#` */
  readonly alternate: boolean;
  /** A zero before the width fills up between sign and digits. */
  readonly zeros: boolean;
  readonly width: number | undefined;
  readonly grouping: ',' | '_' | undefined;
  readonly precision: number | undefined;
  /** One character; empty where none is given. */
  readonly type: string;
}

/** Characters; docs/compatibility.md, rule-limits */
const widest = 1000;

const syntax =
  /^(?:(?<fill>[^])?(?<align>[<>=^]))?(?<sign>[+\- ])?(?<z>z)?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_]{1,2})?(?:(?<dot>\.)(?<precision>\d+)?)?(?<type>[^])?$/u;

/**
 * Reads the specification of a field.
 *
 * @param type of the value, for messages: `int`, `str`, ...
 * @throws InspectorError `invalid` with Python's sentence; for widths and precisions above 1,000 with our own.
 */
export function parseSpec(text: string, type: string): FormatSpec {
  const groups = syntax.exec(text)?.groups;
  if (groups === undefined) {
    throw failure(`Invalid format specifier '${text}' for object of type '${type}'`);
  }
  const { fill, align, sign, z, alternate, zero, width, grouping, dot, precision } = groups;
  if (dot !== undefined && precision === undefined) throw failure('Format specifier missing precision');
  if (grouping === ',,' || grouping === '__') throw failure(`Cannot specify '${grouping[0]}' twice`);
  if (grouping?.length === 2) throw failure("Cannot specify both ',' and '_'.");
  return {
    fill,
    align: align as FormatSpec['align'],
    sign: sign as FormatSpec['sign'],
    noNegativeZero: z !== undefined,
    alternate: alternate !== undefined,
    zeros: zero !== undefined,
    width: sizeOf('width', width),
    grouping: grouping as FormatSpec['grouping'],
    precision: sizeOf('precision', precision),
    type: groups.type ?? '',
  };
}

/**
 * Fills a text up to the width.
 *
 * @param sign in front of what is filled up where `=` or a zero before the width asks for it.
 */
export function padded(spec: FormatSpec, sign: string, body: string, otherwise: '<' | '>'): string {
  const missing = Math.max(0, (spec.width ?? 0) - Array.from(sign + body).length);
  const fill = spec.fill ?? (spec.zeros ? '0' : ' ');
  const align = spec.align ?? (spec.zeros && otherwise === '>' ? '=' : otherwise);
  const before = align === '^' ? Math.floor(missing / 2) : align === '<' ? 0 : missing;
  const after = missing - before;
  if (align === '=') return sign + fill.repeat(before) + body;
  return fill.repeat(before) + sign + body + fill.repeat(after);
}

function sizeOf(what: string, digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  const size = Number(digits);
  if (size > widest) throw failure(`expected a ${what} of at most ${widest}, got ${digits.slice(0, 20)}`);
  return size;
}

function failure(reason: string): InspectorError {
  return new InspectorError('invalid', reason);
}
