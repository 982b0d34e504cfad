import { bool, integer, optionGroup, text } from '../config/option.ts';

const oldNames = (...names: string[]) =>
  names.map((spelling) => {
    const [group = '', name = ''] = spelling.split('.');
    return { group, name };
  });

/** `[database]`, with the original's names and defaults. */
export const databaseOptions = optionGroup('database', {
  connection: text({
    default: 'sqlite:///ironic_inspector.sqlite',
    secret: true,
    deprecatedNames: oldNames('DEFAULT.sql_connection', 'DATABASE.sql_connection', 'sql.connection'),
    help:
      'The database to use: sqlite:///relative/path, sqlite:////absolute/path or sqlite:// (in memory), ' +
      'postgresql://<user>:<password>@<host>/<database>, mysql+pymysql://<user>:<password>@<host>/<database>. ' +
      'Write special characters of user and password percent-encoded.',
  }),
  slave_connection: text({
    default: null,
    secret: true,
    help: 'Accepted and not used: what was just written must be read, so every query goes to the connection.',
  }),
  connection_parameters: text({
    default: '',
    help: 'Parameters to append to the connection, as name=value&name=value.',
  }),
  sqlite_synchronous: bool({
    default: true,
    deprecatedNames: oldNames('DEFAULT.sqlite_synchronous'),
    help: 'Whether SQLite waits until what it wrote is on the disk. Without it, a power cut can lose the last writes.',
  }),
  mysql_sql_mode: text({
    default: 'TRADITIONAL',
    help: "The SQL mode of MySQL sessions. Empty: the server's own.",
  }),
  mysql_wsrep_sync_wait: integer({
    default: null,
    help: 'For Galera clusters: the wsrep_sync_wait of sessions, which makes reads wait for writes of other nodes.',
  }),
  connection_recycle_time: integer({
    default: 3600,
    min: -1,
    help: 'Seconds after which a connection to a server is replaced when it is next needed; -1: never.',
  }),
  max_pool_size: integer({
    default: 5,
    min: 0,
    help: 'How many connections to a server are kept open while nothing uses them. 0: no limit at all.',
  }),
  max_overflow: integer({
    default: 50,
    min: -1,
    deprecatedNames: oldNames('DEFAULT.sql_max_overflow', 'DATABASE.sqlalchemy_max_overflow'),
    help: 'How many connections beyond max_pool_size there may be while they are used; -1: no limit.',
  }),
  pool_timeout: integer({
    default: null,
    min: 0,
    deprecatedNames: oldNames('DATABASE.sqlalchemy_pool_timeout'),
    help: 'Seconds that a query waits for a free connection, and for a server that cannot be reached. Unset: 30.',
  }),
  max_retries: integer({
    default: 10,
    min: -1,
    deprecatedNames: oldNames('DEFAULT.sql_max_retries', 'DATABASE.sql_max_retries'),
    help: 'How often to try to connect to a server at start; -1: until it answers.',
  }),
  retry_interval: integer({
    default: 10,
    min: 0,
    deprecatedNames: oldNames('DEFAULT.sql_retry_interval', 'DATABASE.reconnect_interval'),
    help: 'Seconds between two tries to connect at start.',
  }),
  db_retry_interval: integer({
    default: 1,
    min: 0,
    help: 'Seconds at most before a transaction that met a deadlock or lost its connection runs again.',
  }),
  db_inc_retry_interval: bool({
    default: true,
    help: 'Whether that time begins at a fiftieth and doubles with each run, up to db_max_retry_interval.',
  }),
  db_max_retry_interval: integer({
    default: 10,
    min: 0,
    help: 'Seconds at most between two runs of a transaction when db_inc_retry_interval is set.',
  }),
  db_max_retries: integer({
    default: 20,
    min: -1,
    help: 'How often a transaction runs again after a deadlock or a lost connection; -1: without limit.',
  }),
  connection_debug: integer({
    default: 0,
    min: 0,
    max: 100,
    deprecatedNames: oldNames('DEFAULT.sql_connection_debug'),
    help: 'From 50 on, each SQL statement is logged with the time that it took, without its values.',
  }),
});
