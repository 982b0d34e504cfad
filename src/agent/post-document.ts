import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { isObject } from '../json/json-value.ts';
import type { HttpPost, HttpReply } from './http-post.ts';

const attempts = 5;

/** What is to be posted, where, and by what means. */
export interface Posting {
  /** Callback URLs; the next one is tried when one cannot be reached. */
  readonly urls: readonly string[];
  /** The document as JSON text. */
  readonly body: string;
  readonly post: HttpPost;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Told one line per attempt. */
  readonly log: (line: string) => void;
}

/**
 * Posts the document as OpenStack's agent does: up to 5 attempts, with growing waits between them, as long as the
 * service cannot be reached or answers 409 or 5xx. Time-outs count as not reached (docs/compatibility.md, agent-time-out).
 *
 * @returns the UUID of the node that the service took the machine for, `null` when its answer names none
 * @throws InspectorError `unavailable` after the last attempt; `invalid` for an answer that is final (other 4xx)
 */
export async function postDocument(posting: Posting): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    posting.log(`posting the inventory to ${posting.urls.join(', ')} (attempt ${attempt} of ${attempts})`);
    const result = await tryAll(posting);
    if (typeof result !== 'string') return uuidIn(result);
    if (attempt === attempts) {
      throw new InspectorError(
        'unavailable',
        `The service did not take the inventory in ${attempts} attempts: ${result}. ` +
          'Check that it runs and that the URL is right.',
      );
    }
    const wait = waitAfter(attempt);
    posting.log(`${result}; the next attempt is in ${wait / 1000} s`);
    await posting.sleep(wait);
  }
}

/** Milliseconds to wait after the nth attempt: 1.5 s doubled each time, within 5 s and 30 s. */
export function waitAfter(attempt: number): number {
  return Math.max(5000, Math.min(30_000, 1500 * 2 ** (attempt - 1)));
}

/** A reply to be taken as final, or in words why another attempt is due. */
async function tryAll({ urls, body, post }: Posting): Promise<HttpReply | string> {
  let failure = 'no URL is given';
  for (const url of urls) {
    try {
      const reply = await post(url, body);
      if (reply.status !== 409 && reply.status < 500) return reply;
      return `${url} answered ${reply.status}: ${errorText(reply.body)}`;
    } catch (error) {
      failure = `${url} cannot be reached: ${messageOf(error)}`;
    }
  }
  return failure;
}

function uuidIn({ status, body }: HttpReply): string | null {
  if (status < 200 || status > 299) {
    throw new InspectorError(
      'invalid',
      `The service answered ${status}, after which no other attempt helps: ${errorText(body)}`,
    );
  }
  const answer = parsed(body);
  if (!isObject(answer)) {
    throw new InspectorError(
      'invalid',
      `Expected a JSON object from the service, got '${body.slice(0, 200)}'. Is the URL that of /v1/continue?`,
    );
  }
  return typeof answer.uuid === 'string' ? answer.uuid : null;
}

/** The message in an error reply, or the beginning of whatever the reply is. */
function errorText(body: string): string {
  const answer = parsed(body);
  const error = isObject(answer) ? answer.error : undefined;
  return isObject(error) && typeof error.message === 'string' ? error.message : body.trim().slice(0, 200);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
