import type { BulkRuns } from '../src/bulk/bulk-runs.ts';
import { InspectorError } from '../src/errors/inspector-error.ts';

/** Bulk runs of which there are none; `given` answers in their place. */
export function fakeBulkRuns(given: Partial<BulkRuns> = {}): BulkRuns {
  const none = async (run: string) => {
    throw new InspectorError('not-found', `Bulk run ${run} was not found`);
  };
  return {
    create: async () => {
      throw new InspectorError(
        'invalid',
        'Expected at least one node, got none: nothing matches the selection',
      );
    },
    list: async () => [],
    get: none,
    members: none,
    cancel: none,
    delete: none,
    pace: async () => ({ limit: 8, bootLimit: 100, explanation: '8 machine(s) may boot at once' }),
    ...given,
  };
}
