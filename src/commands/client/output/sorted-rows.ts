import type { JsonValue } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import type { Given } from '../given.ts';

type Row = readonly JsonValue[];

/** The rows sorted as `--sort-column` asks for; columns that do not exist are ignored, nothing comes last. */
export function sortedRows(rows: readonly Row[], columns: readonly string[], given: Given): readonly Row[] {
  const places = given.texts('--sort-column').flatMap((name) => {
    const place = columns.indexOf(name);
    return place < 0 ? [] : [place];
  });
  const direction = given.has('--sort-descending') && !given.has('--sort-ascending') ? -1 : 1;
  return rows.toSorted((one, other) => {
    for (const place of places) {
      const order = compare(one[place] ?? null, other[place] ?? null);
      if (order !== 0) return direction * order;
    }
    return 0;
  });
}

function compare(one: JsonValue, other: JsonValue): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [first, second] = [pythonStr(one), pythonStr(other)];
  return first < second ? -1 : Number(first > second);
}
