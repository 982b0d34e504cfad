import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import { parseJsonObject } from '../json/parse-json.ts';
import { pythonJson } from '../json/python-json.ts';
import { silentLogger } from '../logging/logger.ts';
import { guardFor } from './guard.ts';
import { guardedData } from './guarded-data.ts';
import { guardedNode } from './guarded-node.ts';

function guarded(text: string) {
  const document = parseJsonObject(Buffer.from(text));
  const guard = guardFor('hook x of plug-in y');
  const view: any = guardedData(document.value, guard);
  return { document, guard, view };
}

describe('the data as a plug-in sees it', () => {
  it('reads and changes in place like the data itself', () => {
    const { document, view } = guarded('{"a": {"b": [3, 1, 2]}, "c": "x", "d": 1}');

    view.a.b.push(4);
    view.a.b.sort();
    view.new = { list: [1, false], left: undefined };
    Object.assign(view.a, { e: null });
    Object.defineProperty(view, 'f', { value: 6, writable: true, enumerable: true, configurable: true });
    view.d = undefined;
    delete view.c;

    assert.deepEqual(document.value, {
      a: { b: [1, 2, 3, 4], e: null },
      new: { list: [1, false] },
      f: 6,
    });
    assert.deepEqual(JSON.parse(JSON.stringify(view)), document.value);
    assert.equal(view.a, view.a);
    assert.ok(Array.isArray(view.a.b));
    assert.deepEqual(Object.keys(view), ['a', 'new', 'f']);
    assert.deepEqual(Object.entries(view.a.b)[0], ['0', 1]);
  });

  it('keeps the spelling of numbers in parts that are moved', () => {
    const { document, view } = guarded(
      '{"a": {"n": 1.0}, "list": [{"n": 18446744073709551615}, {"n": 2.0}]}',
    );

    view.moved = { deep: view.a };
    view.list.reverse();

    assert.equal(
      pythonJson(document.value, document.exactNumbers),
      '{"a": {"n": 1.0}, "list": [{"n": 2.0}, {"n": 18446744073709551615}], "moved": {"deep": {"n": 1.0}}}',
    );
  });

  it('takes nothing that is no JSON', () => {
    const { document, view } = guarded('{"a": {}, "list": []}');
    const cycle: any = {};
    cycle.self = cycle;

    for (const value of [
      Number.NaN,
      1n,
      () => 1,
      Symbol('x'),
      new Date(0),
      new Map(),
      [undefined],
      cycle,
      'a\0',
    ]) {
      assert.throws(() => (view.x = value), { name: 'InspectorError', kind: 'invalid' });
    }
    assert.throws(() => (view.a.all = view), /data that would contain itself/);
    assert.throws(() => (view.a.all = { nested: view.a }), /data that would contain itself/);
    assert.throws(() => (view.list[0] = undefined), /expected a JSON value, got a undefined/);
    assert.throws(() => Object.setPrototypeOf(view, {}), TypeError);
    assert.throws(() => Object.freeze(view), TypeError);
    assert.throws(() => (view.__proto__ = {}), /takes no member __proto__/);
    assert.throws(() => (view.x = JSON.parse('{"__proto__": 1}')), /a member __proto__/);
    assert.throws(() => Object.defineProperty(view, 'x', { get: () => 1 }), TypeError);
    assert.deepEqual(document.value, { a: {}, list: [] });
  });

  it('can be used until the call has ended, and no longer', () => {
    const { view, guard } = guarded('{"a": {}}');
    const { a } = view;

    guard.end();

    const late =
      /^hook x of plug-in y has ended, or taken too long; .* Await what was begun before returning$/;
    assert.throws(() => view.a, { message: late });
    assert.throws(() => (a.x = 1), { message: late });
    assert.throws(() => delete view.a, { message: late });
  });
});

describe('the node as a plug-in sees it', () => {
  function node() {
    const draft = nodeDraft({ extra: { a: 1 } }, [{ address: '52:54:00:00:00:01' }]).by('hook x');
    const guard = guardFor('hook x of plug-in y');
    const view: any = guardedNode(draft, silentLogger(), guard);
    return { draft, guard, view };
  }

  it('writes into the draft, and gives copies', () => {
    const { draft, view } = node();

    view.node.extra.a = 2;
    view.ports.get('52:54:00:00:00:01').extra.a = 2;
    view.patch([{ op: 'add', path: '/extra/b', value: { c: undefined } }]);
    view.updateProperties({ cpus: '4' });
    view.setCapabilities({ boot_mode: 'uefi' });
    view.createPort({ address: '52:54:00:00:00:02' });
    view.patchPort('52:54:00:00:00:01', [{ op: 'add', path: '/extra/z', value: 1 }]);
    view.deletePort('52:54:00:00:00:03');
    view.addTrait('CUSTOM_A');
    view.removeTrait('CUSTOM_B');

    assert.equal(view.uuid, draft.uuid);
    assert.deepEqual(draft.node.extra, { a: 1, b: {} });
    assert.deepEqual(draft.node.properties, { cpus: '4', capabilities: 'boot_mode:uefi' });
    const { portCreations, portPatches, traitAdditions, traitRemovals } = draft.plan();
    assert.deepEqual([portCreations.length, portPatches.length], [1, 1]);
    assert.deepEqual([traitAdditions, traitRemovals], [['CUSTOM_A'], ['CUSTOM_B']]);
  });

  it('takes JSON and text only, and nothing once the call has ended', () => {
    const { draft, guard, view } = node();

    assert.throws(() => view.patch([{ op: 'add', path: '/extra/b', value: 1n }]), /got a bigint/);
    assert.throws(() => view.addTrait(5), /expected text, got a number/);
    assert.throws(() => view.deletePort(null), /expected text, got null/);
    guard.end();
    assert.throws(() => view.addTrait('CUSTOM_A'), /has ended/);
    assert.throws(() => view.node, /has ended/);
    assert.deepEqual(draft.plan().changes, []);
  });
});
