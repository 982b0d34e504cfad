import { bool, text } from '../option.ts';
import { acceptedGroup, oldNames } from './accepted-group.ts';

/** Options of the database (oslo.db) and of locks (oslo.concurrency). */
export const libraryGroups = [
  acceptedGroup('database', {
    backend: text({
      default: 'sqlalchemy',
      deprecatedNames: oldNames('DEFAULT.db_backend'),
      help: 'Not used, by the original neither.',
    }),
    asyncio_connection: text({
      default: null,
      secret: true,
      help: 'Not used, by the original neither: see connection.',
    }),
    asyncio_slave_connection: text({
      default: null,
      secret: true,
      help: 'Not used, by the original neither: see connection.',
    }),
    connection_trace: bool({
      default: false,
      deprecatedNames: oldNames('DEFAULT.sql_connection_trace'),
      help: 'Whether statements carry the place in the code that they come from.',
    }),
    use_db_reconnect: bool({
      default: false,
      help: 'Whether a statement is repeated when its connection is lost. Here it always is.',
    }),
  }),
  acceptedGroup('oslo_concurrency', {
    disable_process_locking: bool({
      default: false,
      deprecatedNames: oldNames('DEFAULT.disable_process_locking'),
      help: 'Whether locks hold within one process only.',
    }),
    lock_path: text({
      default: null,
      deprecatedNames: oldNames('DEFAULT.lock_path'),
      help: 'Folder of lock files.',
    }),
  }),
];
