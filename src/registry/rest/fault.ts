import { type ErrorKind, InspectorError } from '../../errors/inspector-error.ts';

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  'too-large': 413,
  internal: 500,
  unavailable: 503,
};

/** An error as clients get it. */
export interface Fault {
  readonly status: number;
  readonly message: string;
  /** For `Allow`, where a method is not allowed. */
  readonly allow?: string;
}

/** What was thrown, in words for the client; what is a fault of ours stays in the log. */
export function faultOf(error: unknown): Fault {
  if (error instanceof InspectorError) return { status: statuses[error.kind], message: error.message };
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (error instanceof Error && status >= 400 && status < 500) return { status, message: error.message };
  return { status: 500, message: 'Unexpected error; the log of the service says more' };
}

/**
 * The body of an error. The message is JSON within JSON because Ironic's is, and because its clients look
 * for it there.
 */
export function faultBody({ status, message }: Fault): { error_message: string } {
  const faultcode = status < 500 ? 'Client' : 'Server';
  return { error_message: JSON.stringify({ faultcode, faultstring: message, debuginfo: null }) };
}
