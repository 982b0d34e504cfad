import { levelNumber } from '../logging/level-by-name.ts';
import { bool, integer, list, optionGroup, text } from './option.ts';
import { rotationOptions } from './rotation-options.ts';

const ignored = 'No effect with log_config_append.';

/** The original's, its libraries among them: whoever sets the option anew has a list to start from. */
const defaultLevels = (
  'sqlalchemy iso8601 requests urllib3.connectionpool keystonemiddleware keystoneauth ' +
  'ironicclient amqp amqplib stevedore oslo.messaging oslo_messaging'
)
  .split(' ')
  .map((name) => `${name}=WARNING`);

const levels = list({
  default: defaultLevels,
  help: `Levels of parts of the service, as logger=LEVEL: all our messages are from ironic_inspector. ${ignored}`,
});

/** `[DEFAULT]`, as far as logging reads it. */
export const loggingOptions = optionGroup('DEFAULT', {
  debug: bool({
    default: false,
    mutable: true,
    help: 'Whether messages of level DEBUG are logged, and details of unexpected errors are sent to clients.',
  }),
  log_config_append: text({
    default: null,
    mutable: true,
    deprecatedNames: [{ name: 'log_config' }, { name: 'log-config' }],
    help: "A log configuration file of Python's logging module: levels, handlers and formatters come from there.",
  }),
  log_file: text({
    default: null,
    deprecatedNames: [{ name: 'logfile' }],
    help: `File to log to. Relative to log_dir where that is set. ${ignored}`,
  }),
  log_dir: text({
    default: null,
    deprecatedNames: [{ name: 'logdir' }],
    help: `Directory of log_file. Without log_file, the file is called after the program, with .log added. ${ignored}`,
  }),
  watch_log_file: bool({
    default: false,
    help: `Whether the log file is opened anew when it was moved, which is always done unless it is rotated. ${ignored}`,
  }),
  use_json: bool({ default: false, help: `Whether to log lines of JSON. ${ignored}` }),
  use_stderr: bool({
    default: false,
    help: `Whether to log to standard error, besides a log file. ${ignored}`,
  }),
  use_syslog: bool({
    default: false,
    help: `Whether to log to syslog as well, by the program logger. ${ignored}`,
  }),
  use_journal: bool({ default: false, help: `Whether to log to systemd's journal. ${ignored}` }),
  syslog_log_facility: text({
    default: 'LOG_USER',
    help: `Facility of messages to syslog and the journal, LOG_DAEMON or LOG_LOCAL0 for example. ${ignored}`,
  }),
  log_color: bool({
    default: false,
    help: `Whether %(color)s in a format is the colour of the level, on standard output and error. ${ignored}`,
  }),
  log_date_format: text({
    default: '%Y-%m-%d %H:%M:%S',
    help: `How %(asctime)s looks in log lines, in the notation of strftime. Times are local. ${ignored}`,
  }),
  ...rotationOptions,
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
  logging_debug_format_suffix: text({
    default: '%(funcName)s %(pathname)s:%(lineno)d',
    help: 'What follows a plain log line of level DEBUG.',
  }),
  logging_exception_prefix: text({
    default: '%(asctime)s.%(msecs)03d %(process)d ERROR %(name)s %(instance)s',
    help: 'What each line of a traceback begins with.',
  }),
  logging_user_identity_format: text({
    default: '%(user)s %(project)s %(domain)s %(system_scope)s %(user_domain)s %(project_domain)s',
    help: 'What %(user_identity)s is in logging_context_format_string.',
  }),
  instance_format: text({
    default: '[instance: %(uuid)s] ',
    help: 'What %(instance)s is for a message about an instance. This service has none.',
  }),
  instance_uuid_format: text({
    default: '[instance: %(uuid)s] ',
    help: 'What %(instance)s is for a message with the UUID of an instance. This service has none.',
  }),
  default_log_levels: {
    ...levels,
    parse(value) {
      const pairs = levels.parse(value);
      for (const pair of pairs) levelNumber(pair.slice(pair.indexOf('=') + 1));
      return pairs;
    },
  },
  publish_errors: bool({
    default: false,
    help: 'Whether errors are sent as notifications. Accepted with a warning: this version sends none.',
  }),
  rate_limit_interval: integer({
    default: 0,
    help: 'Seconds in which rate_limit_burst messages may be logged.',
  }),
  rate_limit_burst: integer({
    default: 0,
    help: 'Most messages in rate_limit_interval; further ones are dropped. No limit where either is 0.',
  }),
  rate_limit_except_level: text({
    default: 'CRITICAL',
    help: 'Messages of this level and above are never dropped: CRITICAL, ERROR, INFO, WARNING, DEBUG; empty for none.',
  }),
  log_options: bool({
    default: true,
    help: 'Whether all options are logged at start when debug is set.',
  }),
  fatal_deprecations: bool({
    default: false,
    help: 'Whether the service refuses to start when the configuration uses old names of options.',
  }),
});
