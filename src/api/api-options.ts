import { bool, choice, integer, type OptionsOf, octal, optionGroup, port, text } from '../config/option.ts';

/** Where the API listens, and what it lets in. */
export const apiOptions = optionGroup('DEFAULT', {
  listen_address: text({
    default: '::',
    help: 'Address to listen on. "::" takes IPv4 connections as well.',
  }),
  listen_port: port({ default: 5050, help: 'Port to listen on.' }),
  auth_strategy: choice(['noauth', 'keystone', 'http_basic'], {
    default: 'keystone',
    help: 'How requests are authenticated: by tokens of Keystone, by names and passwords of a file, or not at all. "noauth" lets everybody do everything.',
  }),
  use_ssl: bool({
    default: false,
    help: 'Whether the API is served over TLS; [ssl] says with which certificate.',
  }),
  listen_unix_socket: text({
    default: null,
    help: 'The path of a Unix socket to listen on in place of a port.',
  }),
  listen_unix_socket_mode: octal({
    default: null,
    help: 'The file mode of the Unix socket, such as 660. Unset, it is as the system makes it.',
  }),
  api_max_limit: integer({
    default: 1000,
    min: 1,
    help: 'The most entries that one page of a list holds, and how many it holds when the client does not say.',
  }),
  can_manage_boot: bool({
    default: true,
    help: 'Whether this installation can boot nodes over the network and switch them on. When false, requests for managed boot are refused.',
  }),
  max_request_body: integer({
    default: 16_777_216,
    min: 1,
    help: 'The largest body of a request, in bytes. A larger one is answered with 413.',
  }),
  max_header_line: integer({
    default: 16_384,
    min: 1,
    help: 'The longest header line, in bytes. A longer one is answered with 400.',
  }),
  wsgi_keep_alive: bool({
    default: true,
    help: 'Whether a connection stays open for further requests of the same client.',
  }),
  wsgi_log_format: text({
    default:
      '%(client_ip)s "%(request_line)s" status: %(status_code)s  len: %(body_length)s time: %(wall_seconds).7f',
    help: 'How a request looks in the log. Placeholders: client_ip, client_port, date_time, request_line, status_code, body_length, wall_seconds.',
  }),
  client_socket_timeout: integer({
    default: 900,
    min: 0,
    help: 'Seconds after which a connection without traffic is closed; 0 for never.',
  }),
  tcp_keepidle: integer({
    default: 600,
    min: 0,
    help: 'Seconds without traffic after which the system asks whether the client is still there.',
  }),
});

export type ApiOptions = OptionsOf<typeof apiOptions.options>;
