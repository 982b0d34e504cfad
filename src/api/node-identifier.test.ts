import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../testing/api-dependencies.ts';
import { type ErrorKind, InspectorError } from '../errors/inspector-error.ts';
import { canonicalUuid, nodeUuid } from './node-identifier.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';

describe('canonicalUuid', () => {
  const spellings = [
    uuid,
    uuid.toUpperCase(),
    uuid.replaceAll('-', ''),
    `{${uuid}}`,
    `urn:uuid:${uuid}`,
    `uuid:${uuid}`,
    `2c-8f8f4f5f0a4f6e8b610a0a0a0a0a-01`,
  ];
  for (const spelling of spellings) {
    it(`knows ${spelling} (docs/compatibility.md, uuid-spelling)`, () => {
      assert.equal(canonicalUuid(spelling), uuid);
    });
  }

  for (const text of [
    '',
    'node-1',
    uuid.slice(1),
    `${uuid}0`,
    `${uuid.slice(1)}g`,
    `URN:UUID:${uuid}`,
    ` ${uuid}`,
  ]) {
    it(`does not take ${JSON.stringify(text)} for a UUID`, () => {
      assert.equal(canonicalUuid(text), undefined);
    });
  }

  it('does not look at long texts', () => {
    assert.equal(canonicalUuid(`${'{'.repeat(1_000_000)}${uuid}`), undefined);
  });
});

describe('nodeUuid', () => {
  it('takes a UUID without asking anybody', async () => {
    const { bareMetal, calls } = apiFakes();

    assert.equal(await nodeUuid(uuid.toUpperCase(), bareMetal), uuid);
    assert.deepEqual(calls, []);
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
