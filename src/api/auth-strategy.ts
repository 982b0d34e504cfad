import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { ApiOptions } from './api-options.ts';

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
