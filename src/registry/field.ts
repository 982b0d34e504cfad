import type { JsonValue } from '../json/json-value.ts';

/**
 * What a field holds: `flag` a boolean, also given as a word; `object` a JSON object; `list` a list; `time`
 * as `2026-11-22T13:36:35+00:00`; `interface` the name of a driver's part; the rest texts.
 */
export type FieldType = 'text' | 'uuid' | 'flag' | 'object' | 'list' | 'time' | 'interface' | 'address';

/** A field of a node or port. Every type may be `null` where `default` is. */
export interface Field {
  readonly type: FieldType;
  /** The minor API version that brought it; older clients neither see nor set it. */
  readonly since: number;
  /** What it is when not given, and after `remove`. `undefined`: it must be given. */
  readonly default: JsonValue | undefined;
  /** Who may set it: `create` by creation and patch, `patch` by patch only, `never` by neither. */
  readonly set: 'create' | 'patch' | 'create-only' | 'never';
  readonly maxLength?: number;
}

/** Fields by name. */
export type Fields = Readonly<Record<string, Field>>;

/** Shorthands that keep a table of fields readable. */
export const field = {
  text: (since: number, set: Field['set'], maxLength = 255): Field => ({
    type: 'text',
    since,
    default: null,
    set,
    maxLength,
  }),
  flag: (since: number, set: Field['set'], value: boolean | null = false): Field => ({
    type: 'flag',
    since,
    default: value,
    set,
  }),
  object: (since: number, set: Field['set']): Field => ({ type: 'object', since, default: {}, set }),
  uuid: (since: number, set: Field['set']): Field => ({ type: 'uuid', since, default: null, set }),
  time: (since: number): Field => ({ type: 'time', since, default: null, set: 'never' }),
  part: (since: number): Field => ({
    type: 'interface',
    since,
    default: null,
    set: 'create',
    maxLength: 255,
  }),
};

/** The names of the fields that a patch may change, as the message about others lists them. */
export function patchable(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => ['create', 'patch'].includes(fields[name]?.set ?? 'never'));
}
