import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../testing/api-dependencies.ts';
import type { RunRecord } from '../history/run-record.ts';
import { askedRun, namedRun, parseTime } from './asked-run.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';
const run = '0d4c3c1e-70a1-4c42-8a65-58a9ce5d1f17';

describe('parseTime', () => {
  const times = {
    '2026-11-22': '2026-11-22T00:00:00.000999',
    '2026-11-22T13:36': '2026-11-22T13:36:00.000999',
    '2026-11-22 13:36:35.25': '2026-11-22T13:36:35.250999',
    '2026-11-22T13:36:35Z': '2026-11-22T13:36:35.000999',
    '2026-11-22T13:36:35+01:00': '2026-11-22T12:36:35.000999',
    '2026-11-22T13:36:35 01:00': '2026-11-22T12:36:35.000999',
  };
  for (const [text, expected] of Object.entries(times)) {
    it(`takes ${text}`, () => {
      assert.equal(parseTime('at', text), expected);
    });
  }

  for (const text of [
    '',
    'noon',
    '2026',
    '2026-13-01',
    '2026-11-22T25:00',
    '13:36',
    '2026-11-22T13:36:35.1234567',
  ]) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parseTime('at', text), {
        kind: 'invalid',
        message: 'Bad request: at: expected a time such as 2026-11-22T13:36:35, in UTC',
      });
    });
  }
});

describe('askedRun', () => {
  const asked: unknown[] = [];
  const history = {
    ...apiFakes().history,
    get: async (node: string, name: string) => ({ run: name, nodeUuid: node }) as RunRecord,
    latestWithData: async (_node: string, query = {}) => {
      asked.push(query);
      return { run } as RunRecord;
    },
  };

  it('is found by its UUID in any spelling', async () => {
    assert.equal((await askedRun(history, uuid, run.toUpperCase(), null)).run, run);
  });

  it('is the latest by a time', async () => {
    await askedRun(history, uuid, 'latest', '2026-11-22');
    await namedRun(history, uuid, '2026-11-23');
    await namedRun(history, uuid, 'latest');

    assert.deepEqual(asked, [{ at: '2026-11-22T00:00:00.000999' }, { at: '2026-11-23T00:00:00.000999' }, {}]);
  });

  it('is refused with a time that goes with no name', async () => {
    await assert.rejects(askedRun(history, uuid, run, '2026-11-22'), {
      kind: 'invalid',
      message: 'Bad request: at goes with the run "latest" only',
    });
  });

  it('is not there before the first', async () => {
    await assert.rejects(askedRun(apiFakes().history, uuid, 'latest', '2026-11-22'), {
      kind: 'not-found',
      message: `Node ${uuid} has no run with data in its history by 2026-11-22T00:00:00.000999`,
    });
  });
});
