import { InspectorError } from '../../errors/inspector-error.ts';

/** The original's topic; each conductor has a queue of this name with its host at the end. */
const topic = 'ironic_inspector.conductor';

/** Where messages go that only find out whether a conductor is still there. */
const probeTopic = 'ironic_inspector.alive';

/** AMQP's limit on names, in bytes. */
const longestName = 255;

/** The type of such messages. */
export const probeType = 'probe';

/** Seconds between two probes while an answer is waited for. */
export const probeInterval = 5;

/**
 * The queue of the conductor on a host, and the routing key to it.
 *
 * @throws InspectorError `invalid` for a host that cannot be part of such a name.
 */
export function callQueueOf(host: string): string {
  const queue = `${topic}.${host}`;
  if (/^[\w.:-]+$/.test(host) && queue.length <= longestName) return queue;
  throw new InspectorError(
    'invalid',
    `[DEFAULT]host: expected a name of letters, digits and .-_: as conductors are called by it, got "${host}"`,
  );
}

/** The routing key of probes to the same queue; a conductor that takes no more calls keeps it until it has ended. */
export function probeKeyOf(host: string): string {
  return `${probeTopic}.${host}`;
}
