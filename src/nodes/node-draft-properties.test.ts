import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import type { Patch, PatchOperation } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { patched } from '../json/json-patch.ts';
import type { JsonValue } from '../json/json-value.ts';
import { NodeDraft } from './node-draft.ts';
import type { Plan } from './plan.ts';

const node = bareMetalNode({
  name: 'n',
  properties: { cpus: '4', capabilities: 'a:1' },
  extra: { a: { b: 1, c: [1, { d: 2 }] }, list: [1, 1, { x: 1 }, [0]], 'odd/~name': true },
});

/** Few places, so that operations meet. */
const places = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      '/name',
      '/properties',
      '/properties/cpus',
      '/properties/new',
      '/extra/a',
      '/extra/a/b',
      '/extra/a/c',
      '/extra/a/c/1/d',
      '/extra/list',
      '/extra/list/-',
      '/extra/list/0',
      '/extra/list/1',
      '/extra/list/2/x',
      '/extra/list/3/0',
      '/extra/odd~1~0name',
      '/extra/0',
      '/extra/0/y',
      'extra/no-slash',
    ),
  },
  { weight: 1, arbitrary: fc.string().map((text) => `/${text}`) },
);

const values = fc.oneof(
  fc.constantFrom<JsonValue[]>(1, 2, null, 'text', {}, [], [1, 1], { x: 1 }, { b: 1 }, ['4']),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
);

const operations: fc.Arbitrary<PatchOperation> = fc.oneof(
  fc.record({ op: fc.constantFrom('add', 'replace', 'test'), path: places, value: values }),
  fc.record({ op: fc.constant('remove'), path: places }),
) as fc.Arbitrary<PatchOperation>;

const patches = fc.array(fc.array(operations, { minLength: 1, maxLength: 3 }), { maxLength: 12 });

/** Applies the patches that fit, as hooks whose failures are caught would. */
function patchAll(draft: NodeDraft, all: readonly Patch[]): void {
  for (const patch of all) {
    try {
      draft.patch(patch);
    } catch (error) {
      if (!(error instanceof InspectorError)) throw error;
    }
  }
}

describe('the plan of any changes of the node', () => {
  it('makes of the snapshot what the draft shows', () => {
    fc.assert(
      fc.property(patches, (all) => {
        const draft = NodeDraft.of({ node, ports: [] });
        patchAll(draft, all);

        const made = patched(node, draft.plan().nodePatch);

        assert.deepEqual(made, draft.node);
      }),
      { numRuns: 500 },
    );
  });

  it('is empty when the draft has been patched to what it was', () => {
    fc.assert(
      fc.property(fc.constantFrom('/name', '/properties', '/extra', '/extra/a', '/extra/list'), (path) => {
        const draft = NodeDraft.of({ node, ports: [] });
        const value = path
          .split('/')
          .slice(1)
          .reduce<any>((at, key) => at[key], node);

        draft.patch([{ op: 'add', path, value }]);

        assert.deepEqual(draft.plan().nodePatch, []);
        assert.deepEqual(draft.plan().changes, []);
      }),
    );
  });

  it('is short: a member set many times is sent once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }), (names) => {
        const draft = NodeDraft.of({ node, ports: [] });

        for (const [index, name] of names.entries()) draft.updateProperties({ [name]: `v${index}` });

        assert.equal(draft.plan().nodePatch.length, new Set(names).size);
        assert.equal(draft.plan().changes.length, names.length);
      }),
    );
  });
});

const macs = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:03'] as const;

type Step = { do: 'create' | 'patch' | 'delete'; mac: string; value: number };

const portSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    do: fc.constantFrom('create', 'patch', 'delete'),
    mac: fc.constantFrom(...macs),
    value: fc.nat(2),
  }) as fc.Arbitrary<Step>,
);

/** What the bare metal service has after the plan: creations, patches, deletions. */
function portsAfter(plan: Plan, before: ReadonlyMap<string, unknown>): Map<string, unknown> {
  const ports = new Map<string, any>(before);
  for (const { node_uuid: _node, ...port } of plan.portCreations) {
    assert.ok(!ports.has(port.address), `${port.address} is created twice`);
    ports.set(port.address, { uuid: null, ...port });
  }
  for (const { address, patch } of plan.portPatches) ports.set(address, patched(ports.get(address), patch));
  for (const { address } of plan.portDeletions) assert.ok(ports.delete(address));
  return ports;
}

describe('the plan of any changes of the ports', () => {
  it('makes of the ports what the draft shows', () => {
    const existing = bareMetalPort({ address: macs[0] });
    fc.assert(
      fc.property(portSteps, (steps) => {
        const draft = NodeDraft.of({ node, ports: [existing] });
        for (const { do: verb, mac, value } of steps) {
          if (verb === 'delete') draft.deletePort(mac);
          else if (verb === 'patch') draft.patchPort(mac, [{ op: 'add', path: '/extra/v', value }]);
          else draft.createPort({ address: mac, extra: { v: value } });
        }

        const made = portsAfter(draft.plan(), new Map([[existing.address, existing]]));

        assert.deepEqual(made, draft.ports);
      }),
      { numRuns: 500 },
    );
  });
});
