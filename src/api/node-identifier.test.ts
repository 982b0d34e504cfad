import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../testing/api-dependencies.ts';
import { bareMetalNode } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { type ErrorKind, InspectorError } from '../errors/inspector-error.ts';
import { type Logger, silentLogger } from '../logging/logger.ts';
import { nodeUuid } from './node-identifier.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';

describe('nodeUuid', () => {
  it('takes a UUID without asking anybody (docs/compatibility.md, uuid-spelling)', async () => {
    const { bareMetal, calls } = apiFakes();

    assert.equal(await nodeUuid(uuid.toUpperCase(), bareMetal), uuid);
    assert.deepEqual(calls, []);
  });

  it('tells of the look-up in the log of the request', async () => {
    const given: Logger[] = [];
    const loggingTo = (log: Logger) => {
      given.push(log);
      return new FakeBareMetal({ nodes: [bareMetalNode({ name: 'node-1' })] });
    };
    const log = silentLogger();

    await nodeUuid('node-1', { getNode: () => assert.fail('not by the log of the service'), loggingTo }, log);

    assert.deepEqual(given, [log]);
  });

  it('looks a name up', async () => {
    const { bareMetal, calls } = apiFakes({ names: { 'node-1': uuid } });

    assert.equal(await nodeUuid('node-1', bareMetal), uuid);
    assert.deepEqual(calls, ['getNode node-1']);
  });

  it('says in the words of the original that there is no such node', async () => {
    const { bareMetal } = apiFakes();

    await assert.rejects(nodeUuid('nobody', bareMetal), {
      kind: 'not-found',
      message: 'Node nobody was not found in Ironic',
    });
  });

  for (const name of ['.', '..']) {
    it(`does not ask for ${name}, which would be another path`, async () => {
      const { bareMetal, calls } = apiFakes();

      await assert.rejects(nodeUuid(name, bareMetal), { message: `Node ${name} was not found in Ironic` });
      assert.deepEqual(calls, []);
    });
  }

  const failures: readonly (readonly [ErrorKind, string])[] = [
    ['invalid', 'Cannot get node bad name: reason'],
    ['conflict', 'reason'],
    ['unavailable', 'reason'],
  ];
  for (const [kind, message] of failures) {
    it(`passes on that the bare metal service answers ${kind}`, async () => {
      const getNode = () => Promise.reject(new InspectorError(kind, 'reason'));

      await assert.rejects(nodeUuid('bad name', { getNode }), { kind, message });
    });
  }

  it('passes a bug on as it is', async () => {
    const bug = new TypeError('bug');

    await assert.rejects(nodeUuid('name', { getNode: () => Promise.reject(bug) }), bug);
  });
});
