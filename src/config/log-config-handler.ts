import type { LogTargetSettings } from '../logging/open-target.ts';
import type { RotationUnit } from '../logging/rotate-file.ts';
import { facilityNumber } from '../logging/syslog-priority.ts';
import { type PythonArguments, pythonArguments } from './python-arguments.ts';

type Build = (given: PythonArguments, program: string) => LogTargetSettings;

const units: ReadonlyMap<string, RotationUnit> = new Map([
  ['s', 'seconds'],
  ['m', 'minutes'],
  ['h', 'hours'],
  ['d', 'days'],
  ['midnight', 'midnight'],
]);

const stream: Build = (given) => ({ kind: given.text(0, 'stream') === 'sys.stdout' ? 'stdout' : 'stderr' });
const file: Build = (given) => ({ kind: 'file', path: given.text(0, 'filename') });

const classes: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['StreamHandler', stream],
  ['ColorHandler', stream],
  ['FileHandler', file],
  ['WatchedFileHandler', file],
  ['FastWatchedFileHandler', file],
  [
    'RotatingFileHandler',
    (given) => ({
      kind: 'file',
      path: given.text(0, 'filename'),
      rotation: {
        kind: 'size',
        bytes: given.number(2, 'maxBytes', 0),
        keep: given.number(3, 'backupCount', 0),
      },
    }),
  ],
  ['TimedRotatingFileHandler', timedFile],
  ['SysLogHandler', (given, program) => syslog(facilityIn(given), program)],
  ['OSSysLogHandler', (given, program) => syslog(given.text(0, 'facility'), program)],
  [
    'OSJournalHandler',
    (given, identifier) => ({ kind: 'journal', identifier, facility: facilityOf(given.text(0, 'facility')) }),
  ],
]);

/**
 * Where a handler of a log configuration file writes to; nothing for one that has no counterpart, with a warning.
 *
 * @throws Error for arguments that are not understood
 */
export function handlerTarget(
  name: string,
  section: ReadonlyMap<string, string>,
  program: string,
  warnings: string[],
): LogTargetSettings | undefined {
  const className = section.get('class') ?? '';
  const short = className.split('.').at(-1) ?? '';
  if (short === 'NullHandler') return undefined;
  const build = classes.get(short);
  if (build === undefined) {
    warnings.push(
      `handler ${name}: the class ${className} has no counterpart here, nothing is written to it`,
    );
    return undefined;
  }
  const given = pythonArguments(section.get('args') ?? '()', section.get('kwargs') ?? '{}');
  const address = short === 'SysLogHandler' ? given.text(0, 'address') : '';
  if (address !== '' && address !== '/dev/log') {
    warnings.push(`handler ${name}: messages go to the syslog of this machine, not to ${address}`);
  }
  const target = build(given, program);
  if (target.kind === 'file' && target.path === '')
    throw new Error(`handler ${name}: expected a file name in args`);
  return target;
}

function timedFile(given: PythonArguments): LogTargetSettings {
  const when = given.text(1, 'when').toLowerCase() || 'h';
  const weekday = /^w([0-6])$/.exec(when)?.[1];
  const unit = weekday === undefined ? units.get(when) : 'weekday';
  if (unit === undefined)
    throw new Error(`expected S, M, H, D, W0 to W6 or midnight for when, got '${when}'`);
  const every = weekday === undefined ? given.number(2, 'interval', 1) : Number(weekday);
  const keep = given.number(3, 'backupCount', 0);
  return { kind: 'file', path: given.text(0, 'filename'), rotation: { kind: 'interval', unit, every, keep } };
}

function syslog(facility: string, identifier: string): LogTargetSettings {
  return { kind: 'syslog', identifier, facility: facilityOf(facility) };
}

/** The address in front of it is a path, or a pair of host and port. */
function facilityIn(given: PythonArguments): string {
  const second = given.text(1, 'facility');
  return Number(second) > 23 ? given.text(2, 'facility') : second;
}

/** `handlers.SysLogHandler.LOG_LOCAL0`, `'local0'`, or a number. */
function facilityOf(text: string): number {
  const name = text.split('.').at(-1) || 'user';
  return /^\d+$/.test(name) ? Number(name) : facilityNumber(name);
}
