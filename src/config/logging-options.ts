import { bool, optionGroup, text } from './option.ts';

/** `[DEFAULT]`, as far as logging reads it. */
export const loggingOptions = optionGroup('DEFAULT', {
  debug: bool({
    default: false,
    mutable: true,
    help: 'Whether messages of level DEBUG are logged, and details of unexpected errors are sent to clients.',
  }),
  log_file: text({
    default: null,
    deprecatedNames: [{ name: 'logfile' }],
    help: 'File to log to. Relative to log_dir where that is set.',
  }),
  log_dir: text({
    default: null,
    deprecatedNames: [{ name: 'logdir' }],
    help: 'Directory of log_file. Without log_file, the file is called after the program, with .log added.',
  }),
  use_json: bool({ default: false, help: 'Whether to log lines of JSON.' }),
  use_stderr: bool({ default: false, help: 'Whether to log to standard error, besides a log file.' }),
  log_date_format: text({
    default: '%Y-%m-%d %H:%M:%S',
    help: 'How %(asctime)s looks in log lines, in the notation of strftime. Times are local.',
  }),
  logging_default_format_string: text({
    default: '%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [-] %(instance)s%(message)s',
    help: 'A plain log line outside requests.',
  }),
  logging_context_format_string: text({
    default:
      '%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s ' +
      '[%(global_request_id)s %(request_id)s %(user_identity)s] %(instance)s%(message)s',
    help: 'A plain log line inside a request.',
  }),
  logging_exception_prefix: text({
    default: '%(asctime)s.%(msecs)03d %(process)d ERROR %(name)s %(instance)s',
    help: 'What each line of a traceback begins with.',
  }),
});
