import { InspectorError } from '../errors/inspector-error.ts';
import { oneAtATime } from '../nodes/one-at-a-time.ts';
import type { FilterDriver } from './filter-driver.ts';

/**
 * What the original's base class guarantees, for any driver: calls follow each other, and nothing but `tearDown` is
 * called before `init`, which is called once. Other than there, a call that fails resets nothing: what is in force
 * stays, and the next call is not refused.
 */
export function guardedDriver(driver: FilterDriver): FilterDriver {
  const inTurn = oneAtATime();
  let state: State = 'uninitialized';
  const require = (wanted: State, event: string) => {
    if (state !== wanted) throw noTransition(driver.name, state, event);
  };
  return {
    name: driver.name,
    wantsPeriodicSync: driver.wantsPeriodicSync ?? true,
    ignoresAccess: driver.ignoresAccess ?? false,
    init: () =>
      inTurn(async () => {
        require('uninitialized', 'initialize');
        await driver.init();
        state = 'initialized';
      }),
    apply: (access, change) =>
      inTurn(async () => {
        require('initialized', 'sync');
        await driver.apply(access, change);
      }),
    ...(driver.verdictCounts === undefined
      ? {}
      : { verdictCounts: () => inTurn(async () => (await driver.verdictCounts?.()) ?? {}) }),
    tearDown: () =>
      inTurn(async () => {
        state = 'uninitialized';
        await driver.tearDown();
      }),
  };
}

type State = 'uninitialized' | 'initialized';

/** In the words of the original, which log collectors may know. */
function noTransition(name: string, state: State, event: string): InspectorError {
  return new InspectorError(
    'internal',
    `The PXE filter driver ${name}, state=${state}: my fsm encountered an exception: ` +
      `Can not transition from state '${state}' on event '${event}' (no defined transition)`,
  );
}
