/** One option: how its text becomes a value, and what the generated sample says of it. */
export interface Option<T> {
  readonly default: T;
  readonly help: string;
  /** The word of the sample file: `boolean value`, `integer value`, ... */
  readonly type: string;
  /** @throws Error whose message says what is allowed, for `Value for option ... is not valid: <message>`. */
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
  readonly min?: number;
  readonly max?: number;
  /** Shown in the sample in place of the default, where the default depends on the machine. */
  readonly sampleDefault?: string;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of a group, by option name. */
export type OptionsOf<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** A section of the configuration file, declared beside the code that it steers. */
export interface OptionGroup<O extends Options = Options> {
  readonly group: string;
  readonly options: O;
}

/** Declares a section. Several groups may share a section name; their options are read together. */
export function optionGroup<const O extends Options>(group: string, options: O): OptionGroup<O> {
  return { group, options };
}

/** The values that a group has when nothing is configured; for tests and for the sample. */
export function defaultsOf<O extends Options>(group: OptionGroup<O>): OptionsOf<O> {
  const entries = Object.entries(group.options).map(([name, option]) => [name, option.default]);
  return Object.fromEntries(entries) as OptionsOf<O>;
}

type Described<T> = Omit<Partial<Option<T>>, 'parse' | 'default' | 'type'> & {
  readonly default: T;
  readonly help: string;
};

/** Text as it stands. */
export function text<T extends string | null = string>(described: Described<T>): Option<T> {
  return { type: 'string value', parse: (value) => value as T, ...described };
}

/** One of a fixed set of words. */
export function choice<const C extends readonly string[]>(
  choices: C,
  described: Described<C[number]>,
): Option<C[number]> {
  return {
    type: 'string value',
    choices,
    parse(value) {
      if (!choices.includes(value)) throw new Error(`expected one of ${choices.join(', ')}, got '${value}'`);
      return value;
    },
    ...described,
  };
}

const trueWords = ['true', '1', 'on', 'yes'];
const falseWords = ['false', '0', 'off', 'no'];

export function bool(described: Described<boolean>): Option<boolean> {
  return {
    type: 'boolean value',
    parse(value) {
      const word = value.toLowerCase();
      if (trueWords.includes(word)) return true;
      if (falseWords.includes(word)) return false;
      throw new Error(`expected one of ${[...trueWords, ...falseWords].join(', ')}, got '${value}'`);
    },
    ...described,
  };
}

/** A whole number, decimal, within `min` and `max`. */
export function integer(described: Described<number>): Option<number> {
  return {
    type: 'integer value',
    parse(value) {
      const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
      if (!Number.isSafeInteger(number)) throw new Error(`expected a whole number, got '${value}'`);
      if (described.min !== undefined && number < described.min) {
        throw new Error(`expected at least ${described.min}, got ${number}`);
      }
      if (described.max !== undefined && number > described.max) {
        throw new Error(`expected at most ${described.max}, got ${number}`);
      }
      return number;
    },
    ...described,
  };
}

/** A TCP or UDP port, 0 to 65535. */
export function port(described: Described<number>): Option<number> {
  return { ...integer({ ...described, min: 0, max: 65535 }), type: 'port value' };
}

/** Comma-separated; items are trimmed, trailing commas dropped. An empty value is an empty list. */
export function list(described: Described<readonly string[]>): Option<readonly string[]> {
  return {
    type: 'list value',
    parse(value) {
      const items = value.replace(/(\s*,\s*)+$/, '').trim();
      return items === '' ? [] : items.split(',').map((item) => item.trim());
    },
    ...described,
  };
}

/** `key:value` pairs, comma-separated. A part without a colon belongs to the pair before it. */
export function map(described: Described<Readonly<Record<string, string>>>): Option<Readonly<Record<string, string>>> {
  return { type: 'dict value', parse: parseMap, ...described };
}

/** A line a value; the line may be repeated. `parse` gets one line, the value is the list of them. */
export function multi(described: Described<readonly string[]>): Option<readonly string[]> {
  return { type: 'multi valued', multi: true, parse: (value) => [value], ...described };
}

function parseMap(value: string): Readonly<Record<string, string>> {
  const pairs: string[] = [];
  for (const part of value.split(',')) {
    if (part.includes(':') || pairs.length === 0) pairs.push(part);
    else pairs.push(`${pairs.pop()},${part}`);
  }
  const result = new Map<string, string>();
  for (const pair of pairs) {
    if (pair.trim() === '') continue;
    const colon = pair.indexOf(':');
    const key = pair.slice(0, Math.max(colon, 0)).trim();
    if (key === '') throw new Error(`expected key:value pairs separated by commas, got '${pair.trim()}'`);
    if (result.has(key)) throw new Error(`the key '${key}' comes twice`);
    result.set(key, pair.slice(colon + 1).trim());
  }
  return Object.fromEntries(result);
}
