import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { servedOpenapi } from '../../../testing/served-openapi.ts';

describe('the OpenAPI document', () => {
  it('is one by the schema of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate({ ...(await servedOpenapi()) });

    assert.deepEqual([valid, errors], [true, undefined]);
  });

  it('would not be one with a mistake in it', async () => {
    const { valid } = await new Validator().validate({ ...(await servedOpenapi()), paths: { x: [] } });

    assert.equal(valid, false);
  });
});
