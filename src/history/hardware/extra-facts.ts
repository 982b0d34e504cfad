import type { JsonObject } from '../../json/json-value.ts';
import { known } from './component.ts';

/** What the extra-hardware collector says, by category, item and field. */
export type ExtraFacts = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string>>>;

/** Reads the list `data` of `[category, item, field, value]`; what is not of that form is left out. */
export function extraFacts({ data }: JsonObject): ExtraFacts {
  const facts = new Map<string, Map<string, Map<string, string>>>();
  if (!Array.isArray(data)) return facts;
  for (const row of data) {
    if (!Array.isArray(row)) continue;
    const [category, item, field, value] = row;
    const text = known(value);
    if (typeof category !== 'string' || typeof item !== 'string' || typeof field !== 'string') continue;
    if (text === undefined) continue;
    const items = facts.get(category) ?? new Map<string, Map<string, string>>();
    const fields = items.get(item) ?? new Map<string, string>();
    facts.set(category, items.set(item, fields.set(field, text)));
  }
  return facts;
}
