import { bool, optionGroup, text } from '../config/option.ts';

/** `[database]`, as far as the embedded engine reads it. */
export const databaseOptions = optionGroup('database', {
  connection: text({
    default: 'sqlite:///ironic_inspector.sqlite',
    secret: true,
    help: 'The database to use: sqlite:///relative/path, sqlite:////absolute/path or sqlite:// (in memory).',
  }),
  sqlite_synchronous: bool({
    default: true,
    help: 'Whether SQLite waits until what it wrote is on the disk. Without it, a power cut can lose the last writes.',
  }),
});
