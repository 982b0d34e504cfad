import { InspectorError } from '../../errors/inspector-error.ts';
import type { Fields } from '../field.ts';
import { requireMinor } from './microversion.ts';

/**
 * The fields that `?fields=` asks for.
 *
 * @throws InspectorError `invalid` for a name that is no field, `not-acceptable` when the request's version
 *   has no such field, or no such parameter.
 */
export function requestedFields(
  fields: Fields,
  asked: string[] | undefined,
  minor: number,
): string[] | undefined {
  if (asked === undefined) return undefined;
  requireMinor(minor, 8);
  const unknown = asked.filter((name) => !Object.hasOwn(fields, name) && name !== 'links');
  if (unknown.length > 0) {
    throw new InspectorError('invalid', `Field(s) "${unknown.join(', ').slice(0, 300)}" are not valid`);
  }
  refuseNewer(fields, asked, minor);
  return asked.filter((name) => name !== 'links');
}

/** @throws InspectorError `not-acceptable` for a field that is newer than the request's version. */
export function refuseNewer(fields: Fields, names: readonly string[], minor: number): void {
  for (const name of names) {
    if (Object.hasOwn(fields, name)) requireMinor(minor, fields[name]?.since ?? 0);
  }
}

/** The members that a client of this version knows, and those of them that are asked for. */
export function shownMembers<T>(
  fields: Fields,
  resource: Readonly<Record<string, T>>,
  asked: readonly string[] | undefined,
  minor: number,
): Record<string, T> {
  const isShown = (name: string) =>
    Object.hasOwn(fields, name) && (fields[name]?.since ?? 0) <= minor && (asked?.includes(name) ?? true);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => isShown(name)));
}
