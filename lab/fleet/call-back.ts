import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { waitAfter } from '../../src/agent/post-document.ts';
import type { FleetPace } from './fleet-pace.ts';
import type { BrokenConnection, MachineLink } from './machine-link.ts';

/** The document of a machine on its way to the service. */
export interface CallBack {
  readonly url: URL;
  /** JSON text. */
  readonly body: string;
  /** The machine's address; any unless given. */
  readonly from: string | undefined;
  /** Milliseconds that the body takes on its way, by the machine's time; zero: as fast as it can. */
  readonly upload: number;
  readonly link: MachineLink;
  readonly pace: FleetPace;
  /** The machine's power. */
  readonly signal: AbortSignal;
  /** Milliseconds by the clock to wait for an answer: 30,000 unless given. */
  readonly patience?: number;
  /** Told of each try. */
  readonly onAnswer: (answer: CallBackAnswer) => void;
}

/** The answer to one try. */
export interface CallBackAnswer {
  /** `none` where the connection failed, or the answer did not come in time. */
  readonly status: number | 'none';
  /** From the last octet sent. */
  readonly milliseconds: number;
  readonly text: string;
}

/** What became of it: taken, refused for good, or given up after the last try. */
export type CallBackResult = 'accepted' | 'refused' | 'gave-up';

const attempts = 5;

/**
 * Posts as OpenStack's agent does: five tries while the connection fails or the answer is 409 or 5xx. Any other answer is
 * final, and so is none within 30 seconds, other than with this project's own agent.
 *
 * @throws AbortError when the machine is switched off meanwhile
 */
export async function callBack(callback: CallBack): Promise<CallBackResult> {
  const { link, pace, signal, onAnswer } = callback;
  for (let attempt = 1; ; attempt += 1) {
    const { isLate, ...answer } = await post(callback, link.losesConnection());
    signal.throwIfAborted();
    onAnswer(answer);
    if (isLate) return 'gave-up';
    const { status } = answer;
    if (status !== 'none' && status < 500 && status !== 409) return status < 300 ? 'accepted' : 'refused';
    if (attempt === attempts) return 'gave-up';
    await pace.sleep(waitAfter(attempt), signal);
  }
}

interface Try extends CallBackAnswer {
  readonly isLate: boolean;
}

async function post(callback: CallBack, broken: BrokenConnection | undefined): Promise<Try> {
  if (broken === 'refused') return { status: 'none', milliseconds: 0, text: '', isLate: false };
  const { url, body, from, signal } = callback;
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const local = from === undefined ? {} : { localAddress: from };
  const posting = request(url, { method: 'POST', agent: false, headers, ...local });
  // Lost a second time, it is lost all the same.
  posting.on('error', () => {});
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    posting.destroy();
  }, callback.patience ?? 30_000);
  const abort = () => posting.destroy();
  signal.addEventListener('abort', abort, { once: true });
  let sentAt = performance.now();
  const ended = (status: Try['status'], words: string) => {
    return { status, milliseconds: performance.now() - sentAt, text: words, isLate };
  };
  try {
    const answered = once(posting, 'response') as Promise<[IncomingMessage]>;
    const sent = send(posting, callback, broken).then(() => {
      sentAt = performance.now();
      timer.refresh();
      return answered;
    });
    // A service that does not want the document answers before it has all of it.
    const [response] = await Promise.race([answered, sent]);
    return ended(response.statusCode ?? 'none', await text(response));
  } catch {
    return ended('none', '');
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    posting.destroy();
  }
}

/** So many pieces, with a wait before each, make a slow upload. */
const pieces = 10;

async function send(
  posting: ClientRequest,
  { body, upload, pace, signal }: CallBack,
  broken: BrokenConnection | undefined,
): Promise<void> {
  const octets = Buffer.from(body);
  const end = broken === 'cut' ? octets.length >> 1 : octets.length;
  const size = upload === 0 ? octets.length : Math.ceil(octets.length / pieces);
  for (let at = 0; at < end; at += size) {
    if (upload > 0) await pace.sleep(upload / pieces, signal);
    const piece = octets.subarray(at, Math.min(at + size, end));
    await new Promise<void>((written) => posting.write(piece, () => written()));
  }
  if (broken !== 'cut') await new Promise<void>((written) => posting.end(written));
  if (broken !== undefined) posting.destroy(new Error('the connection is lost'));
}
