import { InspectorError } from '../errors/inspector-error.ts';
import { kindOf } from '../inventory/kind-of.ts';
import type { JsonObject } from '../json/json-value.ts';

/**
 * A required parameter that must be text.
 *
 * @throws InspectorError `invalid` for anything else (docs/compatibility.md, rule-parameter-types).
 */
export function textParameter(params: JsonObject, name: string): string {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) {
    throw new InspectorError('invalid', `missing required parameter(s): ${name}`);
  }
  throw new InspectorError('invalid', `invalid ${name}: expected text, got ${kindOf(value)}`);
}
