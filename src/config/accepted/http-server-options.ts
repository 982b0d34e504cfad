import { bool, integer, text } from '../option.ts';
import { acceptedGroup } from './accepted-group.ts';

const console_ = 'There is no Python console here.';

/** Options of the service launcher and the HTTP server (oslo.service). */
export const httpServerGroups = [
  acceptedGroup('DEFAULT', {
    backdoor_port: text({
      default: null,
      deprecatedForRemoval: console_,
      help: 'Port, or range of ports, of a console for debugging. Never opened.',
    }),
    backdoor_socket: text({
      default: null,
      deprecatedForRemoval: console_,
      help: 'Unix socket of a console for debugging. Never opened.',
    }),
    api_paste_config: text({ default: 'api-paste.ini', help: 'Not used, by the original neither.' }),
    wsgi_default_pool_size: integer({
      default: 100,
      help: 'How many requests the original serves at once. Here requests do not hold threads, and what their bodies take is limited as a whole.',
    }),
    wsgi_server_debug: bool({
      default: false,
      help: 'Whether the original sends clients the traceback of an error of the server. Here it is in the log only.',
    }),
  }),
];
