import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { ApiOptions } from './api-options.ts';

/**
 * Refuses listeners that this version does not have: plain HTTP in place of TLS would show what is sent, and a
 * port in place of a Unix socket would let others in.
 *
 * @throws InspectorError `invalid` naming the option.
 */
export function checkListener(options: Pick<ApiOptions, 'use_ssl' | 'listen_unix_socket'>): void {
  if (options.use_ssl) {
    throw new InspectorError(
      'invalid',
      '[DEFAULT]use_ssl is true, which this version cannot do: set it to false and put a TLS proxy before the port',
    );
  }
  if (options.listen_unix_socket) {
    throw new InspectorError(
      'invalid',
      '[DEFAULT]listen_unix_socket is set, which this version cannot do: remove it and set listen_address to 127.0.0.1',
    );
  }
}

/**
 * Sees to it that the API does not come up more open than it is configured: a strategy that this version
 * does not have is no reason to let everybody in.
 *
 * @throws InspectorError `invalid` for any strategy but `noauth`.
 */
export function checkAuthStrategy(options: Pick<ApiOptions, 'auth_strategy'>, log: Logger): void {
  if (options.auth_strategy !== 'noauth') {
    throw new InspectorError(
      'invalid',
      `[DEFAULT]auth_strategy is ${options.auth_strategy}, which this version cannot do: ` +
        'set it to noauth and let only trusted machines reach the port',
    );
  }
  log.warning(
    'Authentication is off ([DEFAULT]auth_strategy is noauth): whoever reaches the port may do everything',
  );
}
