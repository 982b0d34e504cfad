import type { ServiceClaim } from '../../database/service-claim.ts';
import type { Introspection } from '../../introspection/introspection.ts';
import { takeUpLostWork } from '../../introspection/take-up.ts';
import type { PeriodicTask } from './periodic-task.ts';

/**
 * Goes on with what a database that went away has interrupted, so that nothing needs a restart. Another service
 * may have come to the database meanwhile; the work is then its own.
 */
export function takeUpLost(
  on: Introspection,
  claim: Pick<ServiceClaim, 'isHeld'>,
  everySeconds: number,
): PeriodicTask {
  const run = async () => {
    if (await claim.isHeld()) return takeUpLostWork(on);
    on.log.error(
      'Another service uses the same database: stop one of them, lest they undo what the other does',
    );
  };
  return { name: 'take-up-lost-work', everySeconds, run };
}
