// Shows these lines of docs/compatibility.md: unchanged-not-sent.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { recordedNodeUuid } from '../../testing/node-record-builder.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { JsonObject } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import { NodeDraft } from './node-draft.ts';

const mac = '52:54:00:00:00:01';
const otherMac = '52:54:00:00:00:02';

const draftOf = (node: JsonObject = {}, ports: (JsonObject & { address: string })[] = []) =>
  NodeDraft.of({ node: bareMetalNode(node), ports: ports.map((port) => bareMetalPort(port)) });

const emptyPlan = {
  nodeUuid: recordedNodeUuid,
  portCreations: [],
  portPatches: [],
  portDeletions: [],
  traitAdditions: [],
  traitRemovals: [],
  nodePatch: [],
  resetInterfaces: false,
  changes: [],
};

describe('a draft', () => {
  it('reads like the snapshot, and plans nothing, until something is changed', () => {
    const draft = draftOf({ properties: { cpus: '4' } }, [{ address: mac }]);

    assert.equal(draft.uuid, recordedNodeUuid);
    assert.deepEqual(draft.node, bareMetalNode({ properties: { cpus: '4' } }));
    assert.deepEqual([...draft.ports], [[mac, bareMetalPort({ address: mac })]]);
    assert.deepEqual(draft.plan(), emptyPlan);
  });

  it('leaves the snapshot alone', () => {
    const node = bareMetalNode();
    const ports = [bareMetalPort({ address: mac })];
    const draft = NodeDraft.of({ node, ports });

    draft.patch([{ op: 'add', path: '/extra/a', value: 1 }]);
    draft.patchPort(mac, [{ op: 'add', path: '/extra/a', value: 1 }]);
    draft.deletePort(mac);

    assert.deepEqual(node, bareMetalNode());
    assert.deepEqual(ports, [bareMetalPort({ address: mac })]);
  });

  it('is one draft with many authors, and each change has its own', () => {
    const draft = draftOf();

    draft.by('hook a').patch([{ op: 'add', path: '/extra/a', value: 1 }]);
    draft.by('rule b').addTrait('CUSTOM_B');
    draft.addTrait('CUSTOM_C');

    assert.deepEqual(
      draft.plan().changes.map(({ by }) => by),
      ['hook a', 'rule b', 'nobody'],
    );
    assert.deepEqual(draft.by('anybody').plan(), draft.plan());
  });

  it('gives a plan that later changes do not touch', () => {
    const draft = draftOf();
    const before = draft.plan();

    draft.patch([{ op: 'add', path: '/extra/a', value: 1 }]);
    draft.addTrait('CUSTOM_A');
    draft.createPort({ address: mac });

    assert.deepEqual(before, emptyPlan);
  });
});

describe('changes of the node', () => {
  it('are seen at once, and sent as one patch', () => {
    const draft = draftOf();

    draft.by('hook a').patch([{ op: 'add', path: '/properties/cpus', value: '8' }]);
    draft.by('hook b').patch([{ op: 'replace', path: 'properties/cpus', value: '9' }]);
    draft.by('hook b').patch([{ op: 'add', path: '/extra/x', value: { y: 1 } }]);

    assert.deepEqual(draft.node.properties, { cpus: '9' });
    assert.deepEqual(draft.plan().nodePatch, [
      { op: 'add', path: '/properties/cpus', value: '9' },
      { op: 'add', path: '/extra/x', value: { y: 1 } },
    ]);
    assert.deepEqual(draft.plan().changes, [
      { by: 'hook a', on: 'node', path: '/properties/cpus', from: undefined, to: '8' },
      { by: 'hook b', on: 'node', path: '/properties/cpus', from: '8', to: '9' },
      { by: 'hook b', on: 'node', path: '/extra/x', from: undefined, to: { y: 1 } },
    ]);
  });

  it('are left out when they change nothing', () => {
    const draft = draftOf({ properties: { cpus: '8' } });

    draft.patch([{ op: 'add', path: '/properties/cpus', value: '8' }]);
    draft.updateProperties({ cpus: '8' });

    assert.deepEqual(draft.plan(), emptyPlan);
  });

  it('are all or nothing in one call', () => {
    const draft = draftOf();

    const failing = () =>
      draft.patch([
        { op: 'add', path: '/extra/a', value: 1 },
        { op: 'remove', path: '/extra/missing' },
      ]);

    assert.throws(failing, { name: 'InspectorError', kind: 'invalid' });
    assert.deepEqual(draft.plan(), emptyPlan);
    assert.deepEqual(draft.node.extra, {});
  });

  it('carry tests along, which are no changes', () => {
    const draft = draftOf();

    draft.patch([{ op: 'test', path: '/name', value: null }]);

    assert.deepEqual(draft.plan(), {
      ...emptyPlan,
      nodePatch: [{ op: 'test', path: '/name', value: null }],
    });
  });

  it('do not share values with whoever gave them', () => {
    const draft = draftOf();
    const value: JsonObject = { a: 1 };

    draft.patch([{ op: 'add', path: '/extra/x', value }]);
    value.a = 2;

    assert.deepEqual(draft.node.extra.x, { a: 1 });
    assert.deepEqual(draft.plan().nodePatch, [{ op: 'add', path: '/extra/x', value: { a: 1 } }]);
  });

  it('may reset the interfaces with a new driver only', () => {
    const changed = draftOf();
    const same = draftOf();

    changed.patch([{ op: 'replace', path: '/driver', value: 'redfish' }], { resetInterfaces: true });
    changed.patch([{ op: 'add', path: '/extra/a', value: 1 }]);
    same.patch([{ op: 'replace', path: '/driver', value: 'fake-hardware' }], { resetInterfaces: true });
    same.patch([{ op: 'add', path: '/extra/a', value: 1 }]);

    assert.equal(changed.plan().resetInterfaces, true);
    assert.equal(same.plan().resetInterfaces, false);
  });
});

describe('properties', () => {
  it('are set one by one, and names with slashes and tildes stay whole', () => {
    const draft = draftOf({ properties: { cpus: '4' } });

    draft.updateProperties({ cpus: '8', 'a/b~c': 'x' });

    assert.deepEqual(draft.node.properties, { cpus: '8', 'a/b~c': 'x' });
    assert.deepEqual(draft.plan().nodePatch, [
      { op: 'add', path: '/properties/cpus', value: '8' },
      { op: 'add', path: '/properties/a~1b~0c', value: 'x' },
    ]);
  });
});

describe('capabilities', () => {
  it('are merged into what there is', () => {
    const draft = draftOf({ properties: { capabilities: 'boot_mode:bios,a:1' } });

    draft
      .by('hook capabilities')
      .setCapabilities({ boot_mode: 'uefi', cpu_vt: 'true', a: null }, silentLogger());

    const capabilities = 'boot_mode:uefi,cpu_vt:true';
    assert.equal(draft.node.properties.capabilities, capabilities);
    assert.deepEqual(draft.plan().nodePatch, [
      { op: 'add', path: '/properties/capabilities', value: capabilities },
    ]);
  });

  it('of two hooks become one operation', () => {
    const draft = draftOf();

    draft.setCapabilities({ a: '1' }, silentLogger());
    draft.setCapabilities({ b: '2' }, silentLogger());

    assert.deepEqual(draft.plan().nodePatch, [
      { op: 'add', path: '/properties/capabilities', value: 'a:1,b:2' },
    ]);
  });

  it('are left alone when there is nothing to set', () => {
    const draft = draftOf({ properties: { capabilities: 'malformed' } });
    const log = recordingLogger();

    draft.setCapabilities({}, log);

    assert.deepEqual(draft.plan(), emptyPlan);
    assert.deepEqual(log.lines, []);
  });

  it('that are malformed are left out with a warning', () => {
    const draft = draftOf({ properties: { capabilities: 'malformed,a:1' } });
    const log = recordingLogger();

    draft.setCapabilities({ b: '2' }, log);

    assert.equal(draft.node.properties.capabilities, 'a:1,b:2');
    assert.equal(log.at('warning').length, 1);
  });
});

describe('new ports', () => {
  it('are seen at once, in lower case', () => {
    const draft = draftOf();

    const isNew = draft.by('hook validate_interfaces').createPort({ address: '52:54:00:AA:00:01' });

    assert.equal(isNew, true);
    const port = { uuid: null, address: '52:54:00:aa:00:01', extra: {}, pxe_enabled: true };
    assert.deepEqual(draft.ports.get('52:54:00:aa:00:01'), port);
    const { portCreations, changes } = draft.plan();
    assert.deepEqual(portCreations, [
      { address: '52:54:00:aa:00:01', extra: {}, pxe_enabled: true, node_uuid: recordedNodeUuid },
    ]);
    assert.deepEqual(changes, [
      { by: 'hook validate_interfaces', on: 'port 52:54:00:aa:00:01', path: '', from: undefined, to: port },
    ]);
  });

  it('have what was given', () => {
    const draft = draftOf();
    const extra: JsonObject = { 'client-id': 'ff:01' };

    draft.createPort({ address: mac, extra, pxe_enabled: false });
    extra.later = true;

    assert.deepEqual(draft.plan().portCreations, [
      { address: mac, extra: { 'client-id': 'ff:01' }, pxe_enabled: false, node_uuid: recordedNodeUuid },
    ]);
  });

  it('are none where the node has one, in whatever case', () => {
    const draft = draftOf({}, [{ address: mac.toUpperCase() }]);

    assert.equal(draft.createPort({ address: mac }), false);
    assert.equal(draft.createPort({ address: otherMac }), true);
    assert.equal(draft.createPort({ address: otherMac.toUpperCase() }), false);
    assert.equal(draft.plan().portCreations.length, 1);
  });

  it('are not sent at all when they go again, nor are their patches', () => {
    const draft = draftOf();

    draft.createPort({ address: mac });
    draft.patchPort(mac, [{ op: 'add', path: '/extra/a', value: 1 }]);
    draft.deletePort(mac);

    const { portCreations, portPatches, portDeletions, changes } = draft.plan();
    assert.deepEqual(
      { portCreations, portPatches, portDeletions },
      {
        portCreations: [],
        portPatches: [],
        portDeletions: [],
      },
    );
    assert.equal(changes.length, 3);
  });

  it('are sent once when they go and come again', () => {
    const draft = draftOf();

    draft.createPort({ address: mac, extra: { first: true } });
    draft.patchPort(mac, [{ op: 'add', path: '/extra/a', value: 1 }]);
    draft.deletePort(mac);
    draft.createPort({ address: mac });

    assert.deepEqual(draft.plan().portCreations, [
      { address: mac, extra: {}, pxe_enabled: true, node_uuid: recordedNodeUuid },
    ]);
    assert.deepEqual(draft.plan().portPatches, []);
  });
});

describe('changes of ports', () => {
  it('are seen at once, and sent with their MAC in lower case', () => {
    const draft = draftOf({}, [{ address: mac.toUpperCase() }]);

    draft.by('hook a').patchPort(mac.toUpperCase(), [{ op: 'replace', path: '/pxe_enabled', value: false }]);

    assert.equal(draft.ports.get(mac)?.pxe_enabled, false);
    assert.deepEqual(draft.plan().portPatches, [
      {
        address: mac,
        patch: [{ op: 'replace', path: '/pxe_enabled', value: false }],
        refusalIsHarmless: false,
      },
    ]);
    assert.deepEqual(draft.plan().changes, [
      { by: 'hook a', on: `port ${mac}`, path: '/pxe_enabled', from: true, to: false },
    ]);
  });

  it('are sent as a patch for each call, in order, new ports included', () => {
    const draft = draftOf({}, [{ address: mac }]);
    draft.createPort({ address: otherMac });

    draft.patchPort(otherMac, [{ op: 'add', path: '/extra/a', value: 1 }], { refusalIsHarmless: true });
    draft.patchPort(mac, [{ op: 'add', path: 'extra/b', value: 2 }]);

    assert.deepEqual(draft.plan().portPatches, [
      { address: otherMac, patch: [{ op: 'add', path: '/extra/a', value: 1 }], refusalIsHarmless: true },
      { address: mac, patch: [{ op: 'add', path: '/extra/b', value: 2 }], refusalIsHarmless: false },
    ]);
    assert.deepEqual(draft.plan().portCreations[0]?.extra, {});
  });

  it('are left out when they change nothing, and when the node has no such port', () => {
    const draft = draftOf({}, [{ address: mac }]);

    draft.patchPort(mac, []);
    draft.patchPort(mac, [
      { op: 'replace', path: '/pxe_enabled', value: true },
      { op: 'test', path: '/pxe_enabled', value: true },
    ]);
    draft.patchPort(otherMac, [{ op: 'add', path: '/extra/a', value: 1 }]);

    assert.deepEqual(draft.plan(), emptyPlan);
  });

  it('are reduced to the operations that do something', () => {
    const draft = draftOf({}, [{ address: mac }]);

    draft.patchPort(mac, [
      { op: 'replace', path: '/pxe_enabled', value: true },
      { op: 'add', path: '/extra/a', value: 1 },
    ]);

    assert.deepEqual(draft.plan().portPatches[0]?.patch, [{ op: 'add', path: '/extra/a', value: 1 }]);
  });

  it('are all or nothing in one call', () => {
    const draft = draftOf({}, [{ address: mac }]);

    const failing = () =>
      draft.patchPort(mac, [
        { op: 'add', path: '/extra/a', value: 1 },
        { op: 'remove', path: '/extra/missing' },
      ]);

    assert.throws(failing, { kind: 'invalid' });
    assert.deepEqual(draft.plan(), emptyPlan);
    assert.deepEqual(draft.ports.get(mac)?.extra, {});
  });
});

describe('deleted ports', () => {
  it('are gone at once, and their patches are not sent', () => {
    const draft = draftOf({}, [{ address: mac }, { address: otherMac }]);
    draft.patchPort(mac, [{ op: 'add', path: '/extra/a', value: 1 }]);

    draft.by('hook a').deletePort(mac.toUpperCase());

    assert.deepEqual([...draft.ports.keys()], [otherMac]);
    const { portPatches, portDeletions, changes } = draft.plan();
    assert.deepEqual(portPatches, []);
    assert.deepEqual(portDeletions, [{ address: mac, uuid: bareMetalPort({ address: mac }).uuid }]);
    assert.deepEqual(changes.at(-1), {
      by: 'hook a',
      on: `port ${mac}`,
      path: '',
      from: bareMetalPort({ address: mac, extra: { a: 1 } }),
      to: undefined,
    });
  });

  it('are kept when they are created again, with what is wanted then', () => {
    const draft = draftOf({}, [{ address: mac.toUpperCase(), physical_network: 'p', extra: { old: 1 } }]);
    draft.patchPort(mac, [{ op: 'add', path: '/extra/lost', value: 1 }]);

    draft.deletePort(mac);
    const isNew = draft.by('hook a').createPort({ address: mac, extra: { new: 2 } });

    assert.equal(isNew, true);
    const { portCreations, portPatches, portDeletions, changes } = draft.plan();
    assert.deepEqual([portCreations, portDeletions], [[], []]);
    assert.deepEqual(portPatches, [
      { address: mac, patch: [{ op: 'add', path: '/extra', value: { new: 2 } }], refusalIsHarmless: false },
    ]);
    assert.deepEqual(draft.ports.get(mac)?.extra, { new: 2 });
    assert.equal(draft.ports.get(mac)?.physical_network, 'p');
    assert.deepEqual(
      changes.slice(-2).map(({ by, path }) => ({ by, path })),
      [
        { by: 'hook a', path: '' },
        { by: 'hook a', path: '/extra' },
      ],
    );
  });

  it('are gone once', () => {
    const draft = draftOf({}, [{ address: mac }]);

    draft.deletePort(mac);
    draft.deletePort(mac);

    assert.equal(draft.plan().portDeletions.length, 1);
    assert.equal(draft.plan().changes.length, 1);
  });
});

describe('traits', () => {
  it('are added and removed', () => {
    const draft = draftOf();

    draft.by('rule a').addTrait('CUSTOM_A');
    draft.by('rule b').removeTrait('CUSTOM_B');

    const { traitAdditions, traitRemovals, changes } = draft.plan();
    assert.deepEqual(traitAdditions, ['CUSTOM_A']);
    assert.deepEqual(traitRemovals, ['CUSTOM_B']);
    assert.deepEqual(changes, [
      { by: 'rule a', on: 'trait', path: 'CUSTOM_A', from: undefined, to: 'CUSTOM_A' },
      { by: 'rule b', on: 'trait', path: 'CUSTOM_B', from: 'CUSTOM_B', to: undefined },
    ]);
  });

  it('are what was decided last, and the same decision again is no change', () => {
    const draft = draftOf();

    draft.addTrait('CUSTOM_A');
    draft.addTrait('CUSTOM_A');
    draft.removeTrait('CUSTOM_A');
    draft.removeTrait('CUSTOM_A');
    draft.removeTrait('CUSTOM_B');
    draft.addTrait('CUSTOM_B');

    const { traitAdditions, traitRemovals, changes } = draft.plan();
    assert.deepEqual(
      { traitAdditions, traitRemovals },
      {
        traitAdditions: ['CUSTOM_B'],
        traitRemovals: ['CUSTOM_A'],
      },
    );
    assert.equal(changes.length, 4);
  });
});
