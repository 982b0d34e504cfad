import type { BulkRuns } from '../../bulk/bulk-runs.ts';
import type { ApiOptions } from '../api-options.ts';
import type { Route } from '../route.ts';
import { cancelBulkRunRoute } from './cancel-bulk-run.ts';
import { createBulkRunRoute } from './create-bulk-run.ts';
import { deleteBulkRunRoute } from './delete-bulk-run.ts';
import { listBulkNodesRoute } from './list-bulk-nodes.ts';
import { listBulkRunsRoute } from './list-bulk-runs.ts';
import { showBulkRunRoute } from './show-bulk-run.ts';

/** The routes of bulk runs; below `/v1/introspection` their names could be those of nodes. */
export function bulkRoutes(
  runs: BulkRuns,
  { can_manage_boot, api_max_limit }: Pick<ApiOptions, 'can_manage_boot' | 'api_max_limit'>,
): readonly Route[] {
  return [
    listBulkRunsRoute(runs, api_max_limit),
    createBulkRunRoute(runs, can_manage_boot),
    showBulkRunRoute(runs),
    deleteBulkRunRoute(runs),
    listBulkNodesRoute(runs, api_max_limit),
    cancelBulkRunRoute(runs),
  ];
}
