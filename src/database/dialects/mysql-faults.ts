import { type Fault, faultTable, networkFault } from './fault.ts';
import { fieldOf } from './field-of.ts';

/**
 * https://mariadb.com/kb/en/mariadb-error-code-reference/ and
 * https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html.
 */
const faults = faultTable<number>({
  unique: [1062, 1586],
  retryable: [1020, 1205, 1213, 3101],
  // Shut down, killed, network errors, time-outs; 1047: a Galera node that is not part of its cluster.
  lost: [1047, 1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 3169, 4031],
  refused: [1045, 1049, 1129, 1130, 1251, 1524, 1698, 1820, 1862, 3118, 4151],
  'disk-full': [1021, 1114],
  damaged: [1712, 1877],
  forbidden: [1044, 1142, 1143, 1227, 1370],
  schema: [1054, 1146],
  'read-only': [1290, 1792, 1836],
  overloaded: [1037, 1038, 1040, 1041, 1135, 1203, 1226],
  'too-large': [1153],
  'refused-value': [1264, 1267, 1366, 1406, 3988],
});

/** Errors of the storage engine and of files: their text has the system's own number, 28 for no space. */
const fileErrors: readonly unknown[] = [3, 1004, 1005, 1015, 1016, 1026, 1030];

const noSpace = /\b28\b|no space left/i;

/** The driver's own errors; a fatal one leaves the connection unusable. */
const lostCodes: readonly unknown[] = ['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT'];

/** The fault of what MySQL, MariaDB or their driver threw. */
export function mysqlFaults(error: unknown): Fault | null {
  const number = fieldOf(error, 'errno');
  const known = faults.get(number) ?? networkFault(error);
  if (known !== null && known !== undefined) return known;
  if (fileErrors.includes(number)) return noSpace.test((error as Error).message) ? 'disk-full' : 'disk-error';
  const code = fieldOf(error, 'code');
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return 'refused';
  return lostCodes.includes(code) || fieldOf(error, 'fatal') === true ? 'lost' : null;
}
