import type { JsonObject } from '../../json/json-value.ts';
import type { RememberedFailure } from '../../nodes/lookup-failure.ts';
import type { LookupFailureStore } from '../../nodes/lookup-failure-store.ts';
import { lookupFailuresDocumentation } from '../openapi/operations/explanations.ts';
import type { Route } from '../route.ts';

/** Machines that called back and for which no node was found; the path cannot be that of a node. */
export const listLookupFailuresRoute = (failures: Pick<LookupFailureStore, 'list'>): Route => ({
  method: 'GET',
  path: '/v1/lookup-failures',
  policy: 'introspection:data',
  unlisted: true,
  documentation: lookupFailuresDocumentation,
  async handle() {
    return { status: 200, body: { lookup_failures: (await failures.list()).map(asObject) } };
  },
});

function asObject({ failedAt, ...failure }: RememberedFailure): JsonObject {
  return {
    failed_at: failedAt,
    times: failure.times,
    attributes: Object.fromEntries(
      Object.entries(failure.attributes).map(([name, values]) => [name, [...values]]),
    ),
    failures: [...failure.failures],
    candidates: failure.candidates.map((one) => ({ ...one })),
    clashes: failure.clashes.map((one) => ({ ...one })),
    advice: failure.advice,
  };
}
