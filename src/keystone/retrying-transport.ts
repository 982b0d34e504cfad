import type { Logger } from '../logging/logger.ts';
import { type HttpAnswer, type HttpRequest, type HttpTransport, shownUrl } from './http-transport.ts';
import { NoAnswer } from './no-answer.ts';

/** How often and how soon a request is sent again. Seconds; `null` doubles from half a second to a minute. */
export interface RetryPolicy {
  readonly connectRetries: number;
  readonly connectRetryDelay: number | null;
  readonly statusCodeRetries: number;
  readonly statusCodeRetryDelay: number | null;
  readonly statusCodes: readonly number[];
}

/** What waiting needs. */
export interface RetrySurroundings {
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** At least 0 and below 1. */
  readonly random: () => number;
  readonly log: Logger;
}

/** No wait is longer, whatever a server asks for. */
const longestWait = 60_000;

/** Sends again what may be sent again, as the policy says, and then gives the last answer or its lack. */
export function retryingTransport(
  transport: HttpTransport,
  policy: RetryPolicy,
  on: RetrySurroundings,
): HttpTransport {
  return {
    close: () => transport.close(),
    async send(request) {
      const { wait } = on;
      const log = request.log ?? on.log;
      let connects = 0;
      let statuses = 0;
      for (;;) {
        const outcome = await outcomeOf(transport, request);
        if (outcome instanceof NoAnswer) {
          if (connects >= policy.connectRetries || !maySendAgain(request, outcome)) throw outcome;
          const delay = delayOf(policy.connectRetryDelay, connects++, on.random);
          await pause({ wait, log }, delay, outcome.message);
          continue;
        }
        const isRetriable = policy.statusCodes.includes(outcome.status);
        if (!isRetriable || statuses >= policy.statusCodeRetries) return outcome;
        const asked = retryAfter(outcome.headers['retry-after'], on.now());
        const delay = asked ?? delayOf(policy.statusCodeRetryDelay, statuses, on.random);
        statuses += 1;
        await pause(
          { wait, log },
          delay,
          `${request.method} ${shownUrl(request.url)} answered ${outcome.status}`,
        );
      }
    },
  };
}

/** The answer, or why there is none. */
async function outcomeOf(transport: HttpTransport, request: HttpRequest): Promise<HttpAnswer | NoAnswer> {
  try {
    return await transport.send(request);
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    throw error;
  }
}

function maySendAgain({ method, isRepeatable }: HttpRequest, { mayPass, wasSent }: NoAnswer): boolean {
  const isIdempotent = method !== 'POST' && method !== 'PATCH';
  return mayPass && (!wasSent || isIdempotent || isRepeatable === true);
}

/** Milliseconds. Between a half and the whole of the doubled delay, so that many clients do not come at once. */
function delayOf(seconds: number | null, attempt: number, random: () => number): number {
  if (seconds !== null) return Math.max(0, seconds * 1000);
  const delay = Math.min(longestWait, 500 * 2 ** attempt);
  return Math.round(delay * (0.5 + random() / 2));
}

/** Milliseconds that `Retry-After` asks for, in seconds or as a date; `undefined` where it says neither. */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const asked = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(asked) ? undefined : Math.min(longestWait, Math.max(0, asked));
}

async function pause(
  { wait, log }: Pick<RetrySurroundings, 'wait' | 'log'>,
  delay: number,
  why: string,
): Promise<void> {
  log.info(`${why}; trying again in ${delay / 1000} s`);
  await wait(delay);
}
