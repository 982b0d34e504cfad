import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../json/json-value.ts';
import { patchSteps } from './patch-steps.ts';

const document: JsonObject = { name: 'n', extra: { list: [1, 1, 2], a: { b: null } } };

describe('patchSteps', () => {
  it('applies operations to a copy and says what each changed', () => {
    const { next, steps } = patchSteps(document, [
      { op: 'add', path: '/extra/new', value: [3] },
      { op: 'replace', path: '/name', value: 'm' },
      { op: 'remove', path: '/extra/a' },
    ]);

    assert.deepEqual(next, { name: 'm', extra: { list: [1, 1, 2], new: [3] } });
    assert.deepEqual(
      steps.map(({ change }) => change),
      [
        { from: undefined, to: [3] },
        { from: 'n', to: 'm' },
        { from: { b: null }, to: undefined },
      ],
    );
    assert.equal(document.name, 'n');
  });

  it('adds a leading slash', () => {
    const { next, steps } = patchSteps(document, [{ op: 'add', path: 'extra/x', value: 1 }]);

    assert.deepEqual((next.extra as JsonObject).x, 1);
    assert.equal(steps[0]?.operation.path, '/extra/x');
  });

  it('leaves out what changes nothing', () => {
    const { steps } = patchSteps(document, [
      { op: 'add', path: '/name', value: 'n' },
      { op: 'replace', path: '/extra/a', value: { b: null } },
    ]);

    assert.deepEqual(steps, []);
  });

  it('tells null from nothing', () => {
    const { steps } = patchSteps(document, [{ op: 'add', path: '/extra/x', value: null }]);

    assert.deepEqual(steps[0]?.change, { from: undefined, to: null });
  });

  it('knows that a list has changed though the same value stands in the same place', () => {
    const { next, steps } = patchSteps(document, [
      { op: 'add', path: '/extra/list/0', value: 1 },
      { op: 'remove', path: '/extra/list/0' },
      { op: 'add', path: '/extra/list/-', value: 2 },
    ]);

    assert.deepEqual((next.extra as JsonObject).list, [1, 1, 2, 2]);
    assert.deepEqual(
      steps.map(({ change }) => change),
      [
        { from: undefined, to: 1 },
        { from: 1, to: undefined },
        { from: undefined, to: 2 },
      ],
    );
  });

  it('keeps a test, which changes nothing', () => {
    const { steps } = patchSteps(document, [{ op: 'test', path: '/name', value: 'n' }]);

    assert.deepEqual(steps, [{ operation: { op: 'test', path: '/name', value: 'n' }, change: undefined }]);
  });

  it('applies nothing when one operation does not fit', () => {
    const patch = () =>
      patchSteps(document, [
        { op: 'add', path: '/name', value: 'm' },
        { op: 'replace', path: '/missing', value: 1 },
      ]);

    assert.throws(patch, {
      kind: 'invalid',
      message: `Couldn't apply patch '{"op":"replace","path":"/missing","value":1}': MissingError`,
    });
    assert.equal(document.name, 'n');
  });

  it('fails when a test does not hold', () => {
    assert.throws(() => patchSteps(document, [{ op: 'test', path: '/name', value: 'other' }]), {
      kind: 'invalid',
    });
  });

  it('does not share values with whoever gave them', () => {
    const value = { x: 1 };

    const { next, steps } = patchSteps(document, [{ op: 'add', path: '/extra/y', value }]);
    value.x = 2;

    assert.deepEqual((next.extra as JsonObject).y, { x: 1 });
    assert.deepEqual(steps[0]?.operation, { op: 'add', path: '/extra/y', value: { x: 1 } });
    assert.deepEqual(steps[0]?.change?.to, { x: 1 });
  });

  it('keeps what it was given apart from what it made', () => {
    const value: JsonObject = { list: [1] };
    const { next, steps } = patchSteps(document, [{ op: 'add', path: '/extra/new', value }]);

    value.list = 'changed';
    (next.extra as any).new.list.push(2);

    assert.deepEqual(steps[0]?.operation, { op: 'add', path: '/extra/new', value: { list: [1] } });
    assert.deepEqual(steps[0]?.change?.to, { list: [1] });
    assert.ok(!Object.hasOwn(document.extra as JsonObject, 'new'));
  });

  it('refuses to replace or to go into what is not there', () => {
    for (const path of ['/none', '/extra/none', '/extra/none/x', '/name/x']) {
      assert.throws(
        () => patchSteps(document, [{ op: 'replace', path, value: 1 }]),
        { kind: 'invalid' },
        path,
      );
    }
    assert.throws(() => patchSteps(document, [{ op: 'add', path: '/none/x', value: 1 }]), {
      kind: 'invalid',
    });
  });
});
