import { interpolate } from './interpolate.ts';
import { parseMap, parseQuotedMap } from './parse-map.ts';
import { parseFloatingPoint, parseOctal, parseWholeNumber } from './parse-number.ts';

/** One option: how its text becomes a value, and what the generated sample says of it. */
export interface Option<T> {
  readonly default: T;
  readonly help: string;
  /** The word of the sample file: `boolean value`, `integer value`, ... */
  readonly type: string;
  /**
   * @throws Error whose message says what is allowed, such as `expected a whole number`. The value itself is
   * not part of it: `loadConfiguration` adds it, or masks it where the option is secret.
   */
  parse(text: string): T;
  /** Repeated lines accumulate and `parse` gets each line by itself. */
  readonly multi?: boolean;
  /** Masked wherever options are shown. */
  readonly secret?: boolean;
  /** Taken over on SIGHUP. */
  readonly mutable?: boolean;
  /** Old spellings, `[group]name`, that still work. */
  readonly deprecatedNames?: readonly { readonly group?: string; readonly name: string }[];
  readonly choices?: readonly string[];
  /** Choices are taken in any case of letters. */
  readonly ignoreCase?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Shown in the sample in place of the default, where the default depends on the machine. */
  readonly sampleDefault?: string;
  /** Why the original means to remove the option, in a sentence; the sample says so. */
  readonly deprecatedForRemoval?: string;
  /** Read and checked, but nothing goes by it in this version. */
  readonly withoutEffect?: boolean;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of a group, by option name. */
export type OptionsOf<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** A section of the configuration file, declared beside the code that it steers. */
export interface OptionGroup<O extends Options = Options> {
  readonly group: string;
  readonly options: O;
}

/** Declares a section. Several groups may share a section name; their options are read together. */
export function optionGroup<const O extends Options>(group: string, options: O): OptionGroup<O> {
  return { group, options };
}

/**
 * The values that a group has when nothing is configured; for tests and for the sample. References to
 * options of the same group are resolved, others become empty.
 */
export function defaultsOf<O extends Options>(group: OptionGroup<O>): OptionsOf<O> {
  const resolve = (name: string): unknown => {
    const value = Object.hasOwn(group.options, name) ? group.options[name]?.default : '';
    return typeof value === 'string' ? interpolate(value, (reference) => String(resolve(reference))) : value;
  };
  return Object.fromEntries(Object.keys(group.options).map((name) => [name, resolve(name)])) as OptionsOf<O>;
}

type Described<T> = Omit<Partial<Option<T>>, 'parse' | 'default' | 'type'> & {
  readonly default: T;
  readonly help: string;
};

/** `Base`, and `null` too where the default is `null`: the option may be unset. */
type Optional<T, Base> = null extends T ? Base | null : Base;

/** Text as it stands. */
export function text<T extends string | null = string>(described: Described<T>): Option<Optional<T, string>> {
  return { type: 'string value', parse: (value) => value, ...described } as Option<Optional<T, string>>;
}

/** One of a fixed set of words, as spelled here; with `ignoreCase` they may be written in any case. */
export function choice<const C extends readonly string[], T extends C[number] | null = C[number]>(
  choices: C,
  described: Described<T>,
): Option<Optional<T, C[number]>> {
  const normal = (word: string) => (described.ignoreCase === true ? word.toLowerCase() : word);
  const parse = (value: string) => {
    const found = choices.find((one) => normal(one) === normal(value));
    if (found === undefined) throw new Error(`expected one of ${choices.join(', ')}`);
    return found;
  };
  return { type: 'string value', choices, parse, ...described } as Option<Optional<T, C[number]>>;
}

const trueWords = ['true', '1', 'on', 'yes'];
const falseWords = ['false', '0', 'off', 'no'];

/** Yes or no, in any case of the original's eight words. */
export function bool(described: Described<boolean>): Option<boolean> {
  return {
    type: 'boolean value',
    parse(value) {
      const word = value.toLowerCase();
      if (trueWords.includes(word)) return true;
      if (falseWords.includes(word)) return false;
      throw new Error(`expected one of ${[...trueWords, ...falseWords].join(', ')}`);
    },
    ...described,
  };
}

/**
 * A number read by `read`, within `min` and `max`. A blank value unsets the option: it has its default,
 * where the original has None even if it then fails on it (docs/compatibility.md, blank-number-is-default).
 */
function numeric<T extends number | null>(
  type: string,
  described: Described<T>,
  read: (value: string) => number,
  show: (bound: number) => string = String,
): Option<Optional<T, number>> {
  const { min, max } = described;
  const parse = (value: string) => {
    if (value.trim() === '') return described.default;
    const number = read(value.trim());
    if (min !== undefined && number < min) throw new Error(`expected at least ${show(min)}`);
    if (max !== undefined && number > max) throw new Error(`expected at most ${show(max)}`);
    return number;
  };
  return { type, parse, ...described } as Option<Optional<T, number>>;
}

/** A whole number, decimal, within `min` and `max`. */
export function integer<T extends number | null = number>(
  described: Described<T>,
): Option<Optional<T, number>> {
  return numeric('integer value', described, parseWholeNumber);
}

/** A TCP or UDP port, 0 to 65535. */
export function port<T extends number | null = number>(described: Described<T>): Option<Optional<T, number>> {
  return numeric('port value', { ...described, min: 0, max: 65535 }, parseWholeNumber);
}

/** A decimal number with a fraction, within `min` and `max`. */
export function float<T extends number | null = number>(
  described: Described<T>,
): Option<Optional<T, number>> {
  return numeric('floating point value', described, parseFloatingPoint);
}

/** A file mode in octal digits, `660`, `0660` or `0o660`; at most 7777. */
export function octal<T extends number | null = number>(
  described: Described<T>,
): Option<Optional<T, number>> {
  return numeric('octal value', { max: 0o7777, ...described }, parseOctal, (bound) => bound.toString(8));
}

/** Comma-separated; items are trimmed, trailing commas dropped. An empty value is an empty list. */
export function list<T extends readonly string[] | null = readonly string[]>(
  described: Described<T>,
): Option<Optional<T, readonly string[]>> {
  const parse = (value: string) => {
    let items = value.trim();
    while (items.endsWith(',')) items = items.slice(0, -1);
    return items === '' ? [] : items.split(',').map((item) => item.trim());
  };
  return { type: 'list value', parse, ...described } as Option<Optional<T, readonly string[]>>;
}

/** `key:value` pairs, comma-separated. A part without a colon belongs to the pair before it. */
export function map(
  described: Described<Readonly<Record<string, string>>>,
): Option<Readonly<Record<string, string>>> {
  return { type: 'dict value', parse: parseMap, ...described };
}

/** Like `map`, but a value may stand in quotes and then hold commas: `a:"x,y",b:c`. */
export function quotedMap(
  described: Described<Readonly<Record<string, string>>>,
): Option<Readonly<Record<string, string>>> {
  return { type: 'dict value', parse: parseQuotedMap, ...described };
}

/** A line a value; the line may be repeated. `parse` gets one line, the value is the list of them. */
export function multi(described: Described<readonly string[]>): Option<readonly string[]> {
  return { type: 'multi valued', multi: true, parse: (value) => [value], ...described };
}
