import { bool, integer, text } from '../option.ts';
import { acceptedGroup, oldNames } from './accepted-group.ts';

/** Options of the original service itself. */
export const serviceGroups = [
  acceptedGroup('coordination', {
    backend_url: text({
      default: 'memcached://localhost:11211',
      secret: true,
      help: 'URL of the service through which several processes agree who does what.',
    }),
  }),
  acceptedGroup('exception', {
    fatal_exception_format_errors: bool({
      default: false,
      deprecatedNames: oldNames('ironic_lib.fatal_exception_format_errors'),
      help: 'Whether a message of an error that cannot be put together is an error itself. For developers.',
    }),
  }),
  acceptedGroup('mdns', {
    lookup_attempts: integer({ default: 3, min: 1, help: 'How often to try to find a service.' }),
  }),
];
