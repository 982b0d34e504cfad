import { isObject, type JsonValue } from '../json/json-value.ts';
import { pythonStr } from '../json/python-repr.ts';
import type { Logger } from '../logging/logger.ts';

/**
 * The text of `properties/capabilities` with changes merged in: existing order kept, new ones appended,
 * those whose value is `null` dropped.
 *
 * The original fails on an item without a colon and on an object in place of text; here such an item is
 * left out with a warning, and an object is read as pairs, without those that are null (docs/compatibility.md, capabilities-malformed).
 */
export function mergeCapabilities(
  existing: JsonValue | undefined,
  changes: Readonly<Record<string, string | null>>,
  log: Logger,
): string {
  const merged = new Map<string, string | null>([...pairsOf(existing, log), ...Object.entries(changes)]);
  return [...merged].flatMap(([name, value]) => (value === null ? [] : [`${name}:${value}`])).join(',');
}

function pairsOf(existing: JsonValue | undefined, log: Logger): [string, string][] {
  if (existing === undefined || existing === null || existing === '') return [];
  if (isObject(existing)) {
    return Object.entries(existing).flatMap(([name, value]) =>
      value === null ? [] : [[name, pythonStr(value)]],
    );
  }
  if (typeof existing !== 'string') {
    log.warning(
      `Ignoring properties/capabilities: expected "name:value,...", got ${JSON.stringify(existing)}`,
    );
    return [];
  }
  return existing.split(',').flatMap((item): [string, string][] => {
    const colon = item.indexOf(':');
    if (colon > 0) return [[item.slice(0, colon), item.slice(colon + 1)]];
    log.warning(`Ignoring malformed capability "${item}": expected name:value`);
    return [];
  });
}
