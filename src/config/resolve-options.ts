import { messageOf } from '../errors/inspector-error.ts';
import { maskSecretsInText } from '../logging/mask-secrets.ts';
import { closestName } from './closest-name.ts';
import { findSetting, type ParsedSources, type Setting } from './configuration-sources.ts';
import { interpolate } from './interpolate.ts';
import { knownOptions } from './known-options.ts';
import { text } from './option.ts';
import type { DeclaredOption, OptionIndex } from './option-index.ts';
import { referenceText, showText } from './show-value.ts';

/** The value of every declared option, or what is wrong. */
export interface ResolvedOptions {
  valueOf(declared: DeclaredOption): unknown;
  /** Whether the value holds a secret: its own, or that of an option that it refers to. */
  isSecret(declared: DeclaredOption): boolean;
  /** One sentence in one line for each bad value; empty when all is well. */
  readonly problems: readonly string[];
}

type Result = { readonly value: unknown } | 'in progress' | 'failed';

/** Interpolates and parses the text of every option. A fault that several options inherit is told once. */
export function resolveOptions(index: OptionIndex, sources: ParsedSources): ResolvedOptions {
  const resolver = new Resolver(index, sources);
  for (const declared of index.all) resolver.resolve(declared);
  return {
    valueOf: (declared) => resolver.resolve(declared),
    isSecret: (declared) => resolver.secrets.has(declared),
    problems: resolver.problems,
  };
}

/** A reference to an option that is bad itself, which is told at that option. */
class InheritedFault extends Error {}

/** What is not known of an option may be a secret. */
const anyText = text({ default: '', secret: true, help: '' });

class Resolver {
  readonly problems: string[] = [];
  readonly secrets = new Set<DeclaredOption>();
  readonly #index: OptionIndex;
  readonly #sources: ParsedSources;
  readonly #results = new Map<DeclaredOption, Result>();
  readonly #undeclaredOptions = new Map<string, DeclaredOption>();
  /** The options that refer to each other down to the one at work, for the message about a cycle. */
  readonly #path: DeclaredOption[] = [];

  constructor(index: OptionIndex, sources: ParsedSources) {
    this.#index = index;
    this.#sources = sources;
  }

  /** The value of an option; `undefined` where it is bad. */
  resolve(declared: DeclaredOption): unknown {
    const known = this.#results.get(declared);
    if (known !== undefined) return typeof known === 'object' ? known.value : undefined;
    const setting = findSetting(declared, this.#sources);
    this.#results.set(declared, 'in progress');
    this.#path.push(declared);
    const result = this.#evaluate(declared, setting);
    this.#path.pop();
    this.#results.set(declared, result);
    return result === 'failed' ? undefined : result.value;
  }

  #evaluate(declared: DeclaredOption, setting: Setting | undefined): { value: unknown } | 'failed' {
    const { option } = declared;
    if (option.secret === true) this.secrets.add(declared);
    if (setting === undefined) {
      return this.#attempt(declared, `its default in [${declared.section}]`, () =>
        this.#interpolateDefault(option.default, declared),
      );
    }
    const results = setting.map(({ text: raw, location }) =>
      this.#attempt(declared, location, (report) => {
        const full = interpolate(raw, (name) => this.#reference(name, declared));
        report(`, got ${this.secrets.has(declared) ? '****' : showText(maskSecretsInText(full))}`);
        return option.parse(full);
      }),
    );
    const values = results.filter((result) => result !== 'failed').map(({ value }) => value);
    if (values.length < results.length) return 'failed';
    return { value: option.multi === true ? values.flat() : values[0] };
  }

  /** Runs one step; where it throws, tells the fault together with what was reported of the value before. */
  #attempt(
    declared: DeclaredOption,
    location: string,
    step: (report: (told: string) => void) => unknown,
  ): { value: unknown } | 'failed' {
    let shown = '';
    try {
      return { value: step((told) => (shown = told)) };
    } catch (error) {
      if (!(error instanceof InheritedFault)) {
        this.problems.push(
          `Value for option ${declared.name} from ${location} is not valid: ${messageOf(error)}${shown}`,
        );
      }
      return 'failed';
    }
  }

  /** Texts are interpolated, on their own and as items of a list or a map; they are not parsed. */
  #interpolateDefault(value: unknown, declared: DeclaredOption): unknown {
    if (typeof value === 'string') return interpolate(value, (name) => this.#reference(name, declared));
    if (Array.isArray(value)) return value.map((item) => this.#interpolateDefault(item, declared));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
      String(this.#interpolateDefault(key, declared)),
      this.#interpolateDefault(item, declared),
    ]);
    return Object.fromEntries(entries);
  }

  /** What a reference inserts: the value of that option of the own section, or of `[DEFAULT]`. */
  #reference(name: string, from: DeclaredOption): string {
    const target = this.#target(name, from);
    const state = this.#results.get(target);
    if (state === 'in progress') {
      const cycle = [...this.#path.slice(this.#path.indexOf(target)), target];
      throw new Error(
        `it refers to itself: ${cycle.map((one) => `[${one.section}]${one.name}`).join(' -> ')}`,
      );
    }
    const value = this.resolve(target);
    if (this.secrets.has(target)) this.secrets.add(from);
    if (this.#results.get(target) === 'failed') throw new InheritedFault();
    return referenceText(value);
  }

  #target(name: string, from: DeclaredOption): DeclaredOption {
    const dot = name.indexOf('.');
    const places =
      dot < 0
        ? [from.section, 'DEFAULT'].map((section) => ({ section, name }))
        : [{ section: name.slice(0, dot), name: name.slice(dot + 1) }].filter(
            ({ section }) => section !== 'DEFAULT',
          );
    for (const place of places) {
      const found =
        this.#index.find(place.section, place.name) ?? this.#index.findDeprecated(place.section, place.name);
      if (found !== undefined) return found;
    }
    const undeclared = places.map((place) => this.#undeclared(place.section, place.name)).find((one) => one);
    if (undeclared !== undefined) return undeclared;
    throw new Error(this.#unknownReference(name, from));
  }

  /**
   * An option of the original that this version does not have can still be referred to where it is set.
   * (docs/compatibility.md, reference-to-missing-option)
   */
  #undeclared(section: string, name: string): DeclaredOption | undefined {
    if (knownOptions.get(section)?.has(name) !== true) return undefined;
    const key = `[${section}]${name}`;
    const declared = this.#undeclaredOptions.get(key) ?? { section, name, option: anyText };
    this.#undeclaredOptions.set(key, declared);
    return findSetting(declared, this.#sources) === undefined ? undefined : declared;
  }

  #unknownReference(name: string, from: DeclaredOption): string {
    const hint = 'write $$ for a dollar that is meant literally';
    if (from.option.secret === true) return `it refers to an option that does not exist; ${hint}`;
    if (name.startsWith('DEFAULT.')) return `it refers to $${name}: leave out the section, $${name.slice(8)}`;
    const near = closestName(name, [...this.#index.namesOf(from.section), ...this.#index.namesOf('DEFAULT')]);
    const where = name.includes('.') ? '' : ` of [${from.section}] or [DEFAULT]`;
    return `it refers to $${name}, which is no option${where}${near ? ` (did you mean $${near}?)` : ''}; ${hint}`;
  }
}
