import { isDeepStrictEqual } from 'node:util';
import { type OptionValue, showOptionValue } from './dump-options.ts';
import type { LoadedConfiguration } from './load-configuration.ts';
import type { OptionGroup, Options, OptionsOf } from './option.ts';

/** What a second reading of the configuration changed. */
export interface ConfigurationChanges {
  /** Options that have their new values now, each in a sentence. */
  readonly taken: readonly string[];
  /** Options that keep their values until a restart, each in a sentence. */
  readonly ignored: readonly string[];
}

/** A configuration whose mutable options can change while the service runs. */
export interface ReloadableConfiguration {
  /** `get` and `getIn` give the values of the moment; what asks once keeps what it got. */
  readonly configuration: LoadedConfiguration;
  /** Takes the mutable options over from another reading. */
  take(next: LoadedConfiguration): ConfigurationChanges;
}

/** The configuration that the service started with, and from `take` on with what may change of the next one. */
export function reloadableConfiguration(first: LoadedConfiguration): ReloadableConfiguration {
  const current = new Map(first.values.map((one) => [keyOf(one.section, one.name), one]));
  const changed = new Map<string, unknown>();
  const overlay = <V extends object>(section: string, values: V): V => {
    const news = Object.keys(values).filter((name) => changed.has(keyOf(section, name)));
    if (news.length === 0) return values;
    const entries = news.map((name) => [name, changed.get(keyOf(section, name))]);
    return Object.freeze({ ...values, ...Object.fromEntries(entries) });
  };
  return {
    configuration: {
      ...first,
      get: <O extends Options>(group: OptionGroup<O>): OptionsOf<O> =>
        overlay(group.group, first.get(group) as OptionsOf<O> & object),
      getIn: <O extends Options>(section: string, options: O): OptionsOf<O> =>
        overlay(section, first.getIn(section, options) as OptionsOf<O> & object),
    },
    take(next) {
      const taken: string[] = [];
      const ignored: string[] = [];
      for (const after of next.values) {
        const key = keyOf(after.section, after.name);
        const before = current.get(key);
        if (before === undefined || isDeepStrictEqual(before.value, after.value)) continue;
        if (after.option.mutable === true) {
          taken.push(changedTo(before, after));
          current.set(key, after);
          changed.set(key, after.value);
        } else ignored.push(`Ignoring change to immutable option ${key}`);
      }
      return { taken, ignored };
    },
  };
}

function keyOf(section: string, name: string): string {
  return `${section}.${name}`;
}

function changedTo(before: OptionValue, after: OptionValue): string {
  const key = keyOf(after.section, after.name);
  return `Option ${key} changed from [${showOptionValue(before)}] to [${showOptionValue(after)}]`;
}
