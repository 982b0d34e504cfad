import { InspectorError } from '../errors/inspector-error.ts';
import type { HttpAnswer } from '../keystone/http-transport.ts';
import { retryAfter } from '../keystone/retrying-transport.ts';
import type { IronicSettings } from './ironic-options.ts';

/** Which answers are followed by another try, how often and how soon. */
export interface RepeatPolicy {
  readonly retries: number;
  /** Seconds between two tries; `null` doubles from half a second to a minute. */
  readonly delay: number | null;
  readonly statusCodes: readonly number[];
}

/** Milliseconds. */
const longestDelay = 60_000;

/** What a client says to a locked node and to a service that is busy, where the operator does not say. */
const byDefault = [409, 503];

/**
 * How the operator wants it: `status_code_retries` with its delay as the original does it, else `max_retries` and
 * `retry_interval` as their descriptions promise (docs/compatibility.md, ironic-retries).
 *
 * @throws InspectorError `invalid` for codes that are none.
 */
export function repeatPolicyOf(settings: IronicSettings): RepeatPolicy {
  const { status_code_retries: retries, status_code_retry_delay: delay } = settings;
  const statusCodes = statusCodesOf(settings.retriable_status_codes);
  return retries === null
    ? { retries: settings.max_retries, delay: delay ?? settings.retry_interval, statusCodes }
    : { retries, delay, statusCodes };
}

function statusCodesOf(given: readonly string[] | null): readonly number[] {
  if (given === null || given.length === 0) return byDefault;
  const wrong = given.find((code) => !/^[1-5]\d\d$/.test(code));
  if (wrong === undefined) return given.map(Number);
  throw new InspectorError(
    'invalid',
    `[ironic]retriable_status_codes: expected HTTP codes such as 503, got "${wrong}"`,
  );
}

/**
 * Milliseconds to wait after this answer: what it asks for itself, else the policy's delay, to which chance adds up
 * to a quarter so that many clients do not come at once.
 *
 * @param attempt tries that were made before this one
 * @param random at least 0 and below 1
 */
export function delayAfter(
  answer: HttpAnswer,
  policy: RepeatPolicy,
  on: { readonly attempt: number; readonly now: Date; readonly random: number },
): number {
  const asked = retryAfter(answer.headers['retry-after'], on.now);
  const base = asked ?? (policy.delay === null ? 500 * 2 ** on.attempt : Math.max(0, policy.delay * 1000));
  return Math.round(Math.min(longestDelay, base) * (1 + on.random / 4));
}
