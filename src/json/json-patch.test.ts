import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { patched, valueAt, withMember } from './json-patch.ts';

const document = { name: 'n', extra: { list: [1, 2], 'a/b': 1 } };

describe('patched', () => {
  it('applies the operations in order to a copy', () => {
    const result = patched(document, [
      { op: 'add', path: '/extra/new', value: { x: 1 } },
      { op: 'replace', path: '/extra/new/x', value: 2 },
      { op: 'remove', path: '/extra/a~1b' },
      { op: 'add', path: '/extra/list/-', value: 3 },
      { op: 'test', path: '/extra/list', value: [1, 2, 3] },
    ]);

    assert.deepEqual(result, { name: 'n', extra: { list: [1, 2, 3], new: { x: 2 } } });
    assert.deepEqual(document.extra.list, [1, 2]);
  });

  for (const path of [
    '/none/x',
    '/name/x',
    '/extra/toString/x',
    '/extra/list/length',
    '/extra/list/9',
    '/extra/list/-',
  ]) {
    it(`refuses to replace ${path}, which is not there`, () => {
      assert.throws(() => patched(document, [{ op: 'replace', path, value: 1 }]), {
        kind: 'invalid',
        message: `Couldn't apply patch '{"op":"replace","path":"${path}","value":1}': MissingError`,
      });
    });
  }

  for (const path of ['', 'name', '/__proto__/x', '/extra/constructor/prototype']) {
    it(`refuses the path '${path}'`, () => {
      assert.throws(() => patched(document, [{ op: 'add', path, value: 1 }]), {
        kind: 'invalid',
        message: `Invalid patch path '${path}': expected /name or /name/name`,
      });
    });
  }

  it('leaves alone what all objects share', () => {
    assert.throws(() => patched(document, [{ op: 'add', path: '/extra/toString/changed', value: 1 }]), {
      kind: 'invalid',
    });

    assert.equal('changed' in (Reflect.get(Object.prototype, 'toString') as object), false);
  });

  it('refuses when a test does not hold', () => {
    assert.throws(() => patched(document, [{ op: 'test', path: '/name', value: 'm' }]), /TestError/);
  });
});

describe('withMember', () => {
  it('sets a member of an object, and copies only what is on the way', () => {
    const other = { x: 1 };
    const before = { name: 'n', extra: { a: 1, 'a/b': 2 }, other };

    const after = withMember(before, '/extra/a~1b', { deep: true });

    assert.deepEqual(after, { name: 'n', extra: { a: 1, 'a/b': { deep: true } }, other });
    assert.equal(after?.other, other);
    assert.deepEqual(before.extra, { a: 1, 'a/b': 2 });
    assert.deepEqual(withMember({}, '/new', null), { new: null });
  });

  it('sets nothing where the way leads through a list or nowhere', () => {
    for (const path of ['/extra/list/0', '/extra/none/x', '/name/x', '/toString/x', '/extra/toString/x']) {
      assert.equal(withMember(document, path, 1), undefined, path);
    }
  });

  it('refuses a path that is none, as patched does', () => {
    for (const path of ['', 'name', '/extra/__proto__/x', '/constructor']) {
      assert.throws(() => withMember(document, path, 1), { kind: 'invalid', message: /^Invalid patch path/ });
    }
  });
});

describe('valueAt', () => {
  it('reads own members only', () => {
    assert.equal(valueAt(document, '/extra/list/1'), 2);
    assert.equal(valueAt(document, '/extra/a~1b'), 1);
    assert.equal(valueAt(document, '/extra/toString'), undefined);
    assert.equal(valueAt(document, '/name/length'), undefined);
    assert.equal(valueAt(document, '/none/x'), undefined);
  });

  it('refuses a failed test of values that cannot be put into a message', () => {
    const test = { op: 'test' as const, path: '/name', value: [{ toString: false }] };

    assert.throws(() => patched({ name: 'x' }, [test]), { kind: 'invalid', message: /TestError/ });
  });
});
