import type { JsonValue } from '../json/json-value.ts';
import { looksSecret, maskSecrets } from '../logging/mask-secrets.ts';
import type { Change } from '../nodes/plan.ts';

const mask = '***';

/** A change as it may be kept and shown: what looks secret by its name is masked. */
export function maskedChange(change: Change): Change {
  const isSecret = looksSecret(change.path);
  return { ...change, from: masked(change.from, isSecret), to: masked(change.to, isSecret) };
}

function masked(value: JsonValue | undefined, isSecret: boolean): JsonValue | undefined {
  if (value === undefined) return undefined;
  return isSecret ? mask : (maskSecrets(value) as JsonValue);
}
