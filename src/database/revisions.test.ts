import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type HistoryName, headOf, histories, locateRevision, newestOwn, stepsUpTo } from './revisions.ts';

const located = (ident: string) => {
  const found = locateRevision(ident);
  return found.kind === 'revision' ? `${found.history} ${found.migration.revision}` : found.kind;
};

describe('locateRevision', () => {
  const found: Record<string, string> = {
    '578f84f38d': 'reference 578f84f38d',
    b55109d5063a: 'reference b55109d5063a',
    '882b': 'reference 882b2d84cb1b',
    '882b2d84': 'reference 882b2d84cb1b',
    e1: 'reference e169a4a81d88',
    '0001': 'own 0001',
    '0002': 'own 0002',
    head: 'head',
    heads: 'head',
    base: 'base',
  };
  for (const [ident, revision] of Object.entries(found)) {
    it(`finds ${revision} as ${ident}`, () => {
      assert.equal(located(ident), revision);
    });
  }

  for (const ident of ['nothing', '', 'd', '000', 'd00d6e3f38c4x', 'HEAD']) {
    it(`finds none as "${ident}", or several`, () => {
      assert.throws(() => locateRevision(ident), {
        name: 'InspectorError',
        kind: 'not-found',
        message: `Can't locate revision identified by '${ident}'`,
      });
    });
  }
});

describe('histories', () => {
  for (const name of Object.keys(histories) as HistoryName[]) {
    it(`${name} is one line without branches`, () => {
      const steps = histories[name];

      assert.deepEqual(
        steps.map(({ revises }) => revises),
        [null, ...steps.slice(0, -1).map(({ revision }) => revision)],
      );
      assert.equal(headOf(name), steps.at(-1)?.revision);
    });
  }

  it('go up to any of their steps', () => {
    assert.deepEqual(
      stepsUpTo('reference', 'e169a4a81d88').map(({ revision }) => revision),
      ['578f84f38d', 'd588418040d', 'e169a4a81d88'],
    );
    assert.deepEqual(stepsUpTo('own', 'nothing'), []);
  });

  it('know the newest of the revisions that are done, whatever they are called', () => {
    const all = histories.own.map(({ revision }) => revision);

    assert.equal(newestOwn([...all].toSorted()), headOf('own'));
    assert.equal(newestOwn([...all, 'ffffffffffff'].toReversed()), headOf('own'));
    assert.equal(newestOwn(['0001']), '0001');
    assert.equal(newestOwn([]), null);
  });
});
