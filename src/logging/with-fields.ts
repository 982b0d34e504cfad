import type { LogFields, Logger } from './logger.ts';

/**
 * The logger with these fields in every message, such as `{ request_id }` inside a request or
 * `{ logger: 'ironic_inspector.pxe_filter' }` for a part of the service. A message's own fields win.
 */
export function withFields(log: Logger, fields: LogFields): Logger {
  const more = (own?: LogFields): LogFields => (own === undefined ? fields : { ...fields, ...own });
  return {
    debug: (message, own) => log.debug(message, more(own)),
    info: (message, own) => log.info(message, more(own)),
    warning: (message, own) => log.warning(message, more(own)),
    error: (message, own) => log.error(message, more(own)),
    critical: (message, own) => log.critical(message, more(own)),
    child: (prefix) => withFields(log.child(prefix), fields),
  };
}
