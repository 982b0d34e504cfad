import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Patch, PatchOperation } from '../bare-metal/bare-metal-service.ts';
import { mergeOperation } from './merge-operation.ts';

const add = (path: string, value: number): PatchOperation => ({ op: 'add', path, value });
const replace = (path: string, value: number): PatchOperation => ({ op: 'replace', path, value });
const test = (path: string, value: number): PatchOperation => ({ op: 'test', path, value });
const remove = (path: string): PatchOperation => ({ op: 'remove', path });

describe('mergeOperation', () => {
  const merged: [string, Patch, PatchOperation, Patch][] = [
    ['puts the first operation in', [], add('/a', 1), [add('/a', 1)]],
    ['puts an unrelated operation at the end', [add('/a', 1)], add('/b', 2), [add('/a', 1), add('/b', 2)]],
    [
      'takes a name that only begins alike for unrelated',
      [add('/a', 1)],
      add('/ab', 2),
      [add('/a', 1), add('/ab', 2)],
    ],
    ['sets a member once, to the later value', [add('/a', 1)], add('/a', 2), [add('/a', 2)]],
    ['keeps the verb that fitted at first', [add('/a', 1)], replace('/a', 2), [add('/a', 2)]],
    ['keeps a replace', [replace('/a', 1)], add('/a', 2), [replace('/a', 2)]],
    [
      'keeps the place of the earlier',
      [add('/a', 1), add('/b', 1)],
      add('/a', 2),
      [add('/a', 2), add('/b', 1)],
    ],
    ['sends a removal by itself', [add('/a', 1)], remove('/a'), [add('/a', 1), remove('/a')]],
    ['sets anew after a removal', [remove('/a')], add('/a', 1), [remove('/a'), add('/a', 1)]],
    [
      'does not pass a test',
      [add('/a', 1), test('/a', 1)],
      add('/a', 2),
      [add('/a', 1), test('/a', 1), add('/a', 2)],
    ],
    ['does not replace by a test', [add('/a', 1)], test('/a', 1), [add('/a', 1), test('/a', 1)]],
    [
      'does not pass a change of what is above',
      [add('/a/b', 1), add('/a', 0)],
      add('/a/b', 2),
      [add('/a/b', 1), add('/a', 0), add('/a/b', 2)],
    ],
    [
      'does not pass a change of what is below',
      [add('/a', 0), add('/a/b', 1)],
      add('/a', 2),
      [add('/a', 0), add('/a/b', 1), add('/a', 2)],
    ],
    ['appends to a list twice', [add('/a/-', 1)], add('/a/-', 1), [add('/a/-', 1), add('/a/-', 1)]],
    ['inserts into a list twice', [add('/a/0', 1)], add('/a/0', 2), [add('/a/0', 1), add('/a/0', 2)]],
    [
      'takes an index for another item by now',
      [add('/a/1/b', 1), remove('/a/0')],
      add('/a/1/b', 2),
      [add('/a/1/b', 1), remove('/a/0'), add('/a/1/b', 2)],
    ],
  ];
  for (const [rule, patch, operation, expected] of merged) {
    it(rule, () => {
      const before = structuredClone(patch);

      assert.deepEqual(mergeOperation(patch, operation), expected);
      assert.deepEqual(patch, before);
    });
  }
});
