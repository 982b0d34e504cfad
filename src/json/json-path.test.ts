import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pathText } from './json-path.ts';

describe('pathText', () => {
  it('writes names with dots and indices in brackets', () => {
    assert.equal(pathText(['inventory', 'disks', 0, 'size']), 'inventory.disks[0].size');
  });

  it('begins with an index where the root is an array', () => {
    assert.equal(pathText([3, 'a-b']), '[3].a-b');
  });

  it('calls the root the document', () => {
    assert.equal(pathText([]), 'the document');
  });

  it('quotes odd names', () => {
    assert.equal(pathText(['a b', '', 'x\n"', '-']), '["a b"][""]["x\\n\\""]["-"]');
  });

  it('cuts long names and long paths', () => {
    assert.equal(pathText(['x'.repeat(1000)]), `["${'x'.repeat(60)}..."]`);
    assert.equal(pathText(Array.from({ length: 300 }, () => 'abc')).length, 403);
  });
});
