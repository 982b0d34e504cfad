import { bool, integer, text } from '../option.ts';
import { acceptedGroup } from './accepted-group.ts';

const console_ = 'There is no Python console here.';

/** Options of the service launcher and the HTTP server (oslo.service). */
export const httpServerGroups = [
  acceptedGroup('DEFAULT', {
    log_options: bool({
      default: true,
      help: 'Whether all options are logged at start when debug is set.',
    }),
    graceful_shutdown_timeout: integer({
      default: 60,
      help: 'Seconds that requests and work under way have after SIGTERM; 0 for no limit.',
    }),
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
    wsgi_log_format: text({
      default:
        '%(client_ip)s "%(request_line)s" status: %(status_code)s  len: %(body_length)s time: %(wall_seconds).7f',
      help: 'How a request looks in the log.',
    }),
    wsgi_default_pool_size: integer({ default: 100, help: 'How many requests are served at once.' }),
    wsgi_server_debug: bool({
      default: false,
      help: 'Whether clients are sent the traceback of an error of the server.',
    }),
  }),
];
