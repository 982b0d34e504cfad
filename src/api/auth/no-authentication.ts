import type { Logger } from '../../logging/logger.ts';
import type { Access } from './access.ts';

/** `noauth`: everybody may do everything. */
export function noAuthentication(log: Logger): Access {
  log.warning(
    'Authentication is off ([DEFAULT]auth_strategy is noauth): whoever reaches the port may do everything',
  );
  return everybody();
}

/** Lets everybody in, and says nothing of it. */
export function everybody(): Access {
  return { refusal: async () => undefined, close: async () => undefined };
}
