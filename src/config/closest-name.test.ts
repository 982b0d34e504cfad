import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closestName } from './closest-name.ts';

const names = ['add_ports', 'keep_ports', 'store_data', 'debug', 'DEFAULT'];

describe('closestName', () => {
  for (const [name, expected] of [
    ['add_port', 'add_ports'],
    ['ad_port', 'add_ports'],
    ['store-data', 'store_data'],
    ['Debug', 'debug'],
    ['default', 'DEFAULT'],
    ['debgu', 'debug'],
    ['bug', undefined],
    ['something_else', undefined],
    ['', undefined],
  ] as const) {
    it(`takes ${JSON.stringify(name)} for ${expected}`, () =>
      assert.equal(closestName(name, names), expected));
  }
});
