import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertServiceSurvives } from '../../testing/fuzzed-service.ts';

/** Seconds of it; `npm run test:fuzz` sends far more. */
const requests = 5000;

describe('a service under fire for a short time', () => {
  it(`answers ${requests} made-up requests without a fault or a pause`, async (t) => {
    const { sent } = await assertServiceSurvives(t, requests);

    assert.ok(sent >= requests);
  });
});
