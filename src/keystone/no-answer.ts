import { InspectorError, messageOf } from '../errors/inspector-error.ts';

/** A request that got no answer: no connection, a connection that broke, or too long a wait. */
export class NoAnswer extends InspectorError {
  /** The request may have arrived; another one may do it twice. */
  readonly wasSent: boolean;
  /** False for what another try will not mend, such as a certificate that nobody trusts. */
  readonly mayPass: boolean;

  constructor(what: string, cause: unknown) {
    const code = codeOf(cause);
    super('unavailable', `${what} failed: ${reasonOf(cause, code)}`, { cause });
    this.name = 'NoAnswer';
    this.wasSent = !neverSent.has(code);
    this.mayPass = passing.has(code);
  }
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const passing = new Set([
  ...neverSent,
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  // A proxy that made no tunnel, because it does not reach the server or is not well itself.
  'UND_ERR_ABORTED',
  'UND_ERR_PRX_CONN',
]);

/** Node puts several addresses that all failed into one error without a code of its own in older versions. */
function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError && !('code' in cause)) return codeOf(cause.errors[0]);
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

function reasonOf(cause: unknown, code: string): string {
  const message = messageOf(cause).trim();
  if (message === '') return code === '' ? 'no reason was given' : code;
  return code === '' || message.includes(code) ? message : `${message} (${code})`;
}
