import { InspectorError } from '../../errors/inspector-error.ts';
import { statusOf } from '../../errors/status-of.ts';

/** An error as clients get it. */
export interface Fault {
  readonly status: number;
  readonly message: string;
  /** For `Allow`, where a method is not allowed. */
  readonly allow?: string;
}

/** What was thrown, in words for the client; what is a fault of ours stays in the log. */
export function faultOf(error: unknown): Fault {
  if (error instanceof InspectorError) return { status: statusOf(error.kind), message: error.message };
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
