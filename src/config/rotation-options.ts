import { integer, text } from './option.ts';

/** One of some words, in any case. */
function word<const C extends readonly string[]>(choices: C, described: { default: string; help: string }) {
  const parse = (value: string) => {
    const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
    if (found === undefined) throw new Error(`expected one of ${choices.join(', ')}`);
    return found;
  };
  return { ...text(described), choices, parse };
}

/** The options of `[DEFAULT]` that set log files aside. */
export const rotationOptions = {
  log_rotation_type: word(['interval', 'size', 'none'], {
    default: 'none',
    help: 'Whether the log file is set aside at an interval or beyond a size. Not with watch_log_file.',
  }),
  log_rotate_interval: integer({
    default: 1,
    help: 'After so many of log_rotate_interval_type; for Weekday the day, 0 for Monday to 6 for Sunday.',
  }),
  log_rotate_interval_type: word(['Seconds', 'Minutes', 'Hours', 'Days', 'Weekday', 'Midnight'], {
    default: 'days',
    help: 'Unit of log_rotate_interval. It counts from the last change of the file.',
  }),
  max_logfile_count: integer({ default: 30, help: 'Most log files that are kept besides the current one.' }),
  max_logfile_size_mb: integer({
    default: 200,
    help: 'Size of the log file, in MiB, for log_rotation_type = size.',
  }),
};
