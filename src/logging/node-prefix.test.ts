import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodePrefix } from './node-prefix.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

describe('nodePrefix', () => {
  it('names all that is known', () => {
    assert.equal(
      nodePrefix({ uuid, state: 'processing', mac: '52:54:00:4e:3d:30', bmc: '192.0.2.1' }),
      `[node: ${uuid} state processing MAC 52:54:00:4e:3d:30 BMC 192.0.2.1]`,
    );
  });

  it('leaves out what is not known', () => {
    assert.equal(nodePrefix({ uuid }), `[node: ${uuid}]`);
    assert.equal(nodePrefix({ mac: 'aa', bmc: undefined }), '[node: MAC aa]');
    assert.equal(nodePrefix({ bmc: '192.0.2.1', state: 'waiting' }), '[node: BMC 192.0.2.1]');
  });

  it('says when nothing is known', () => {
    assert.equal(nodePrefix({}), '[unidentified node]');
    assert.equal(nodePrefix({ uuid: '', mac: '' }), '[unidentified node]');
  });

  it('keeps what a payload brings short and in one line', () => {
    assert.equal(nodePrefix({ mac: 'a\nb' }), '[node: MAC a\\nb]');
    assert.ok(nodePrefix({ bmc: 'x'.repeat(1000) }).length < 120);
  });
});
