const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The parts of a date in the wanted zone. */
interface Parts {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly epoch: number;
}

const two = (value: number) => String(value).padStart(2, '0');

const directives: Readonly<Record<string, (parts: Parts) => string>> = {
  Y: ({ year }) => String(year).padStart(4, '0'),
  y: ({ year }) => two(year % 100),
  m: ({ month }) => two(month + 1),
  d: ({ day }) => two(day),
  e: ({ day }) => String(day).padStart(2, ' '),
  H: ({ hour }) => two(hour),
  I: ({ hour }) => two(hour % 12 === 0 ? 12 : hour % 12),
  M: ({ minute }) => two(minute),
  S: ({ second }) => two(second),
  f: ({ millisecond }) => `${String(millisecond).padStart(3, '0')}000`,
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  j: ({ year, month, day }) =>
    String((Date.UTC(year, month, day) - Date.UTC(year, 0, 0)) / 86_400_000).padStart(3, '0'),
  a: ({ weekday }) => (dayNames[weekday] ?? '').slice(0, 3),
  A: ({ weekday }) => dayNames[weekday] ?? '',
  b: ({ month }) => (monthNames[month] ?? '').slice(0, 3),
  B: ({ month }) => monthNames[month] ?? '',
  z: ({ offset }) => zoneText(offset),
  s: ({ epoch }) => String(Math.floor(epoch / 1000)),
  F: (parts) => fill('%Y-%m-%d', parts),
  T: (parts) => fill('%H:%M:%S', parts),
  '%': () => '%',
};

/**
 * A date in a format of Python's `strftime`: `%Y-%m-%d %H:%M:%S`, with `%f` for the microseconds. Known are
 * `a A b B d e f F H I j m M p s S T y Y z %`, in English; another directive stays as it stands.
 */
export function formatDate(date: Date, format: string, zone: 'local' | 'utc'): string {
  return fill(format, zone === 'utc' ? utcParts(date) : localParts(date));
}

function fill(format: string, parts: Parts): string {
  return format.replace(/%([a-zA-Z%])/g, (all, letter: string) =>
    Object.hasOwn(directives, letter) ? (directives[letter]?.(parts) ?? all) : all,
  );
}

function zoneText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

function localParts(date: Date): Parts {
  return {
    year: date.getFullYear(),
    month: date.getMonth(),
    day: date.getDate(),
    weekday: date.getDay(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
    millisecond: date.getMilliseconds(),
    offset: -date.getTimezoneOffset(),
    epoch: date.getTime(),
  };
}

function utcParts(date: Date): Parts {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    offset: 0,
    epoch: date.getTime(),
  };
}
