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
  return { bareMetal, snapshot, draft: NodeDraft.of(snapshot), log: recordingLogger(), port };
}

describe('plan carried out', () => {
  it('sends ports, deletions, traits and the node in this order', async () => {
    const { bareMetal, snapshot, draft, log } = drafted();
    draft.updateProperties({ cpus: '2' });
    draft.addTrait('CUSTOM_A');
    draft.removeTrait('CUSTOM_B');
    draft.createPort({ address: mac.fresh });
    draft.deletePort(mac.known);

    await applyPlan(bareMetal, draft.plan(), snapshot, log);

    assert.deepEqual(
      bareMetal.changingCalls.map(({ method }) => method),
      ['createPort', 'deletePort', 'addTrait', 'removeTrait', 'patchNode'],
    );
  });

  it('sends nothing when nothing was decided', async () => {
    const { bareMetal, snapshot, draft, log } = drafted();

    await applyPlan(bareMetal, draft.plan(), snapshot, log);

    assert.deepEqual(bareMetal.calls, []);
  });

  it('patches a port that it has just created, and leaves one that belongs to another node', async () => {
    const { bareMetal, snapshot, draft, log } = drafted();
    for (const address of [mac.fresh, mac.foreign]) {
      draft.createPort({ address });
      draft.patchPort(address, [{ op: 'add', path: '/physical_network', value: 'net' }]);
    }

    await applyPlan(bareMetal, draft.plan(), snapshot, log);

    const networks = [...bareMetal.ports.values()].map((port) => [port.address, port.physical_network]);
    assert.deepEqual(networks, [
      [mac.known, undefined],
      [mac.foreign, undefined],
      [mac.fresh, 'net'],
    ]);
    assert.match(log.at('warning').join(), new RegExp(mac.foreign));
  });

  it('goes on after a harmless refusal, and stops at any other', async () => {
    const { bareMetal, snapshot, draft, log } = drafted();
    draft.patchPort(mac.known, [{ op: 'add', path: '/a', value: 1 }], { refusalIsHarmless: true });
    draft.updateProperties({ cpus: '2' });
    bareMetal.failOn('patchPort', new InspectorError('invalid', 'no such field'), 1);

    await applyPlan(bareMetal, draft.plan(), snapshot, log);
    bareMetal.failOn('patchPort', new InspectorError('unavailable', 'down'), 1);

    await assert.rejects(applyPlan(bareMetal, draft.plan(), snapshot, log), { message: 'down' });
    assert.equal(bareMetal.argsOf('patchNode').length, 1);
    assert.match(log.at('warning').join(), /no such field/);
  });

  it('passes on a port that cannot be created for another reason', async () => {
    const { bareMetal, snapshot, draft, log } = drafted();
    draft.createPort({ address: mac.fresh });
    bareMetal.failOn('createPort', new InspectorError('invalid', 'bad MAC'));

    await assert.rejects(applyPlan(bareMetal, draft.plan(), snapshot, log), { message: 'bad MAC' });
  });
});
