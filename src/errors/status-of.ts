import type { ErrorKind } from './inspector-error.ts';

/**
 * The one place where kinds of errors become HTTP codes. A bare metal service that is down is a 503 with its
 * reason (docs/compatibility.md, bare-metal-unavailable).
 */
const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  'too-large': 413,
  internal: 500,
  unavailable: 503,
  // Not 408: a network may be slow for the moment, and a ramdisk gives up for good on a 4xx.
  'too-slow': 503,
};

/** The HTTP code that a client gets for an error of this kind. */
export function statusOf(kind: ErrorKind): number {
  return statuses[kind];
}
