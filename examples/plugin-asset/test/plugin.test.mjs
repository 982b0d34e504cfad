import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plugin } from '../dist/plugin.js';

const log = { debug() {}, info() {}, warning() {}, error() {}, critical() {}, child: () => log };
const context = { options: { prefix: 'R1-' }, log };

describe('the hook asset_tag', () => {
  const [hook] = plugin.processingHooks;

  it('makes the tag of prefix and serial number, and gives it to the node', () => {
    const data = { inventory: { system_vendor: { serial_number: 'ABC123' } } };
    const patches = [];

    hook.beforeProcessing(data, context);
    hook.beforeUpdate(data, { patch: (operations) => patches.push(...operations) }, context);

    assert.equal(data.asset_tag, 'R1-ABC123');
    assert.deepEqual(patches, [{ op: 'add', path: '/extra/asset_tag', value: 'R1-ABC123' }]);
  });

  it('refuses a machine without a serial number', () => {
    assert.throws(() => hook.beforeProcessing({ inventory: null }, context), { kind: 'invalid' });
  });
});

describe('the condition starts-with', () => {
  const [condition] = plugin.ruleConditions;

  it('compares the beginning, in any case if wanted', () => {
    assert.equal(condition.check('ABC', { value: 'AB' }, context), true);
    assert.equal(condition.check('ABC', { value: 'ab' }, context), false);
    assert.equal(condition.check('ABC', { value: 'ab', ignore_case: true }, context), true);
  });
});
