import type { JsonObject } from '../../json/json-value.ts';
import type { HostHealth } from '../../pxe-filter/filter-health-store.ts';
import { pxeFilterDocumentation } from '../openapi/operations/pxe-filter.ts';
import type { Route } from '../route.ts';

/** Where the API reads how PXE filters do: those of all conductors. */
export interface FilterHealthReader {
  list(): Promise<readonly HostHealth[]>;
}

/** How the PXE filter of each conductor does. */
export const pxeFilterRoute = (filters: FilterHealthReader): Route => ({
  method: 'GET',
  path: '/v1/pxe-filter',
  policy: 'introspection:status',
  unlisted: true,
  documentation: pxeFilterDocumentation,
  async handle() {
    return { status: 200, body: { pxe_filters: (await filters.list()).map(asObject) } };
  },
});

function asObject(health: HostHealth): JsonObject {
  return {
    host: health.host,
    driver: health.driver,
    state: health.state,
    since: health.since,
    error: health.error,
    mode: health.mode,
    allowed: health.allowed,
    denied: health.denied,
    last_success: health.lastSuccess,
    last_duration: health.lastDuration,
    applies: health.applies,
    failures: health.failures,
    verdicts: health.verdicts === null ? null : { ...health.verdicts },
    updated_at: health.updatedAt,
  };
}
