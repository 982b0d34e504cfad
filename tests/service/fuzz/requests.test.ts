import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertMemoryIsSteady, assertServiceSurvives } from '../../../testing/fuzzed-service.ts';

const requests = 200_000;

describe('a service under fire', () => {
  it(`answers ${requests} made-up requests without a fault, a pause or a leak`, async (t) => {
    const outcome = await assertServiceSurvives(t, requests);

    assert.ok(outcome.sent >= requests);
    assertMemoryIsSteady(outcome);
  });
});
