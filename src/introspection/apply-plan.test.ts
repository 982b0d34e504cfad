import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { NodeDraft } from '../nodes/node-draft.ts';
import { applyPlan } from './apply-plan.ts';

const mac = { known: '52:54:00:00:00:01', fresh: '52:54:00:00:00:02', foreign: '52:54:00:00:00:03' } as const;

function drafted() {
  const node = bareMetalNode();
  const port = bareMetalPort({ address: mac.known });
  const foreign = bareMetalPort({ address: mac.foreign, node_uuid: 'another' });
  const bareMetal = new FakeBareMetal({ nodes: [node], ports: [port, foreign] });
  const snapshot = { node, ports: [port] };
  const log = recordingLogger();
  const settings = { powerOff: true, permitActive: false, timeout: 3600, lockWait: 0, retryInterval: 0 };
  return { bareMetal, snapshot, draft: NodeDraft.of(snapshot), log, on: { bareMetal, log, settings } };
}

describe('plan carried out', () => {
  it('sends ports, deletions, the node and traits in this order', async () => {
    const { bareMetal, snapshot, draft, on } = drafted();
    draft.updateProperties({ cpus: '2' });
    draft.addTrait('CUSTOM_A');
    draft.removeTrait('CUSTOM_B');
    draft.createPort({ address: mac.fresh });
    draft.deletePort(mac.known);

    await applyPlan(on, draft.plan(), snapshot);

    assert.deepEqual(
      bareMetal.changingCalls.map(({ method }) => method),
      ['createPort', 'deletePort', 'patchNode', 'addTrait', 'removeTrait'],
    );
  });

  it('sends nothing when nothing was decided', async () => {
    const { bareMetal, snapshot, draft, on } = drafted();

    await applyPlan(on, draft.plan(), snapshot);

    assert.deepEqual(bareMetal.calls, []);
  });

  it('patches a port that it has just created, and leaves one that belongs to another node', async () => {
    const { bareMetal, snapshot, draft, log, on } = drafted();
    for (const address of [mac.fresh, mac.foreign]) {
      draft.createPort({ address });
      draft.patchPort(address, [{ op: 'add', path: '/physical_network', value: 'net' }]);
    }

    await applyPlan(on, draft.plan(), snapshot);

    const networks = [...bareMetal.ports.values()].map((port) => [port.address, port.physical_network]);
    assert.deepEqual(networks, [
      [mac.known, undefined],
      [mac.foreign, undefined],
      [mac.fresh, 'net'],
    ]);
    assert.match(log.at('warning').join(), new RegExp(mac.foreign));
  });

  it('goes on after a harmless refusal, and stops at any other', async () => {
    const { bareMetal, snapshot, draft, log, on } = drafted();
    draft.patchPort(mac.known, [{ op: 'add', path: '/a', value: 1 }], { refusalIsHarmless: true });
    draft.updateProperties({ cpus: '2' });
    bareMetal.failOn('patchPort', new InspectorError('invalid', 'no such field'), 1);

    await applyPlan(on, draft.plan(), snapshot);
    bareMetal.failOn('patchPort', new InspectorError('forbidden', 'down'), 1);

    await assert.rejects(applyPlan(on, draft.plan(), snapshot), { message: 'down' });
    assert.equal(bareMetal.argsOf('patchNode').length, 1);
    assert.match(log.at('warning').join(), /no such field/);
  });

  it('passes on a port that cannot be created for another reason', async () => {
    const { bareMetal, snapshot, draft, on } = drafted();
    draft.createPort({ address: mac.fresh });
    bareMetal.failOn('createPort', new InspectorError('invalid', 'bad MAC'));

    await assert.rejects(applyPlan(on, draft.plan(), snapshot), { message: 'bad MAC' });
  });

  it('tries again what a busy service refuses', async () => {
    const { bareMetal, snapshot, draft, log, on } = drafted();
    draft.updateProperties({ cpus: '2' });
    bareMetal.failOn('patchNode', new InspectorError('conflict', 'node is locked'), 4);

    await applyPlan(on, draft.plan(), snapshot);

    assert.equal(bareMetal.argsOf('patchNode').length, 5);
    assert.equal(log.at('warning').length, 4);
  });
});
