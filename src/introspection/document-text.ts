import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import { pythonJson } from '../json/python-json.ts';

/**
 * A ramdisk's document as it is kept: without its logs, which have a place of their own, and in the
 * original's form, so that the original can read it and clients get it as they did.
 */
export function documentText({ value, exactNumbers }: ParsedJson<JsonObject>): string {
  const { logs: _logs, ...kept } = value;
  exactNumbers.follow(value, kept);
  return pythonJson(kept, exactNumbers);
}
