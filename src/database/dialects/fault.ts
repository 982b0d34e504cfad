import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { fieldOf } from './field-of.ts';
import { refusedValue } from './refused-value.ts';

/** What a failed statement or connection means for us, whatever the engine calls it. */
export type Fault =
  /** A second row with the same key. Stays the driver's own error: stores ask `isUniqueViolation`. */
  | 'unique'
  /** Deadlock, lock time-out, failed serialisation: the transaction may run again. */
  | 'retryable'
  /** The connection is gone, or the server is going or coming. */
  | 'lost'
  /** Wrong credentials, or no such database: waiting does not help. */
  | 'refused'
  | 'disk-full'
  | 'disk-error'
  | 'damaged'
  | 'forbidden'
  | 'schema'
  | 'read-only'
  /** Too many connections, or no memory. */
  | 'overloaded'
  | 'too-large'
  /** A value that its column cannot hold. */
  | 'refused-value';

/** Names the fault of whatever a driver threw; `null` for what is nothing of the kind, such as a bug in a query. */
export type FaultOf = (error: unknown) => Fault | null;

/** A connection was lost in the middle of something, which may run again if that does no harm. */
export class LostConnection extends DatabaseUnavailable {}

const advice: Readonly<
  Record<Exclude<Fault, 'unique' | 'refused-value'>, readonly [before: string, after: string]>
> = {
  retryable: ['Others kept changing the same rows of', 'Try again'],
  lost: [
    'The connection was lost to',
    'It is made again by itself; if that goes on, look at the log of the server',
  ],
  refused: ['No access to', 'Check user, password and database in [database]connection'],
  'disk-full': ['The disk is full under', 'Make room; a restart is not needed'],
  'disk-error': ['The disk cannot be read or written under', 'Check the disk and its free space'],
  damaged: ['There is damage in', 'Restore it from a backup'],
  forbidden: [
    'A permission is missing on',
    'Give the user of [database]connection all rights on its tables (SQLite: the user of the service on the file and its folder)',
  ],
  schema: [
    'Tables or columns are missing, or older than this version, in',
    'Run ironic-inspector-dbsync upgrade',
  ],
  'read-only': [
    'There is no writing to',
    'Check that [database]connection names the primary server and that it is not set read-only',
  ],
  overloaded: [
    'No connection or memory is left on the server of',
    'Lower [database]max_pool_size and max_overflow, or raise the limits of the server',
  ],
  'too-large': ['A statement is too large for', 'Raise max_allowed_packet on the server'],
};

/**
 * The error that an operator reads for a fault; its kind is `unavailable`, so that a ramdisk tries again, but
 * `invalid` for a value that is refused. It is `DatabaseUnavailable` unless only the statement is at fault. `place`
 * names the database for people. What has no fault, and unique violations, stay as they are.
 */
export function faultError(fault: Fault | null, error: unknown, place: string): unknown {
  if (fault === null || fault === 'unique' || error instanceof InspectorError) return error;
  if (fault === 'refused-value') return refusedValue(error);
  const [before, after] = advice[fault];
  const text = `${before} the ${place}: ${reasonOf(error)}. ${after}`;
  const options = { cause: error };
  if (fault === 'lost') return new LostConnection(text, options);
  return fault === 'too-large'
    ? new InspectorError('unavailable', text, options)
    : new DatabaseUnavailable(text, options);
}

/** The message of an error without its final full stop; Node's error for several addresses has none of its own. */
export function reasonOf(error: unknown): string {
  const several = error instanceof AggregateError ? error.errors.map(messageOf) : [];
  const text = [messageOf(error), ...several].filter((part) => part !== '').join('; ');
  return text.trim().replace(/\.$/, '') || 'no reason given';
}

/** Codes of Node's sockets, https://nodejs.org/api/errors.html#common-system-errors. */
const networkCodes: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // A socket in the file system that the server has not made yet.
  'ENOENT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** `lost` for what the network says; the same for every engine that is a server. */
export function networkFault(error: unknown): Fault | null {
  return networkCodes.has(fieldOf(error, 'code')) ? 'lost' : null;
}

/** Codes by fault, as an engine's own list gives them. */
export function faultTable<Code>(
  codes: Partial<Record<Fault, readonly Code[]>>,
): ReadonlyMap<unknown, Fault> {
  const pairs = Object.entries(codes) as [Fault, readonly Code[]][];
  return new Map(pairs.flatMap(([fault, list]) => list.map((code) => [code, fault] as const)));
}
