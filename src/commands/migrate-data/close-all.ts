import { messageOf } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';

/** Closes stores and the database. One that cannot be closed keeps no other open, and does not hide how the copying went. */
export async function closeAll(
  opened: readonly { readonly close?: () => Promise<void> }[],
  log: Logger,
): Promise<void> {
  for (const one of opened) {
    try {
      await one.close?.();
    } catch (error) {
      log.warning(`A store could not be closed: ${messageOf(error)}`);
    }
  }
}
