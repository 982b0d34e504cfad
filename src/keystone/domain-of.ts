import type { JsonObject } from '../json/json-value.ts';

/** The first of these that is set, as Keystone takes it: the ID before the name. Empty texts are not set. */
export function domainOf(
  ...candidates: readonly { readonly id: string | null; readonly name: string | null }[]
): JsonObject | undefined {
  for (const { id, name } of candidates) {
    if (id) return { id };
    if (name) return { name };
  }
  return undefined;
}
