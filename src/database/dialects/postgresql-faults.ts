import { type Fault, faultTable, networkFault } from './fault.ts';
import { fieldOf } from './field-of.ts';

/** https://www.postgresql.org/docs/15/errcodes-appendix.html. */
const faults = faultTable<string>({
  unique: ['23505'],
  retryable: ['40001', '40P01', '55P03'],
  // Shut down, crashed, starting up; sessions that the server ends for being idle.
  lost: ['57P01', '57P02', '57P03', '57P05', '25P03'],
  refused: ['3D000'],
  'disk-full': ['53100'],
  'disk-error': ['58030'],
  damaged: ['XX001', 'XX002'],
  forbidden: ['42501'],
  schema: ['42P01', '42703', '3F000'],
  'read-only': ['25006'],
  overloaded: ['53200', '53300'],
  'refused-value': ['22001', '22003', '22021'],
});

/** Classes of codes: connection exceptions, and authorisation. */
const classes = faultTable<string>({ lost: ['08'], refused: ['28'] });

/**
 * The driver's own errors for a connection that ended have no code. The one about SSL means that the server
 * answered with an error before it was asked anything, as when it is going or coming.
 */
const ended =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|There was an error establishing an SSL)/;

/** The fault of what PostgreSQL or its driver threw. */
export function postgresqlFaults(error: unknown): Fault | null {
  const code = fieldOf(error, 'code');
  const known = faults.get(code) ?? classes.get(String(code).slice(0, 2)) ?? networkFault(error);
  if (known !== null && known !== undefined) return known;
  return error instanceof Error && ended.test(error.message) ? 'lost' : null;
}
