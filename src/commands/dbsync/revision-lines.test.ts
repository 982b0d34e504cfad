// Shows these lines of docs/compatibility.md: dbsync-two-histories.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Migration } from '../../database/migrations/migration.ts';
import { heads, historyLines, revisionEntry, revisionLine } from './revision-lines.ts';

const step = (revision: string, revises: string | null, title: string): Migration => ({
  revision,
  revises,
  title,
  created: '2015-09-15T14:52:22.448944',
  upgrade: async () => {},
});

const histories = {
  reference: [step('578f84f38d', null, 'inital_db_schema'), step('d588418040d', '578f84f38d', 'Add Rules')],
  own: [step('0001', null, 'tables'), step('0002', '0001', 'order\nand more')],
};

const first = { kind: 'revision', history: 'reference', migration: histories.reference[0]! } as const;
const last = { kind: 'revision', history: 'own', migration: histories.own[1]! } as const;

describe('lines of revisions', () => {
  it("tell the history newest first, the original's before ours", () => {
    assert.deepEqual(historyLines(histories), [
      '578f84f38d -> d588418040d (head), Add Rules',
      '<base> -> 578f84f38d, inital_db_schema',
      '0001 -> 0002 (inspector) (head), order\nand more',
      '<base> -> 0001 (inspector), tables',
    ]);
  });

  it('mark the newest ones', () => {
    assert.deepEqual(
      heads(histories).map((one) => revisionLine(one, histories)),
      ['d588418040d (head)', '0002 (inspector) (head)'],
    );
    assert.equal(revisionLine(first, histories), '578f84f38d');
  });

  it('have no heads where there is no history', () => {
    assert.deepEqual(heads({ reference: [], own: [] }), []);
  });

  it('tell all of the first revision', () => {
    assert.deepEqual(revisionEntry(first, '/a/b.ts', histories), [
      'Rev: 578f84f38d',
      'Parent: <base>',
      'Path: /a/b.ts',
      '',
      '    inital_db_schema',
      '    ',
      '    Revision ID: 578f84f38d',
      '    Revises:',
      '    Create Date: 2015-09-15 14:52:22.448944',
      '',
    ]);
  });

  it('tell all of one of ours', () => {
    assert.deepEqual(revisionEntry(last, '/a/b.ts', histories), [
      'Rev: 0002 (head)',
      'Parent: 0001',
      'Branch names: inspector',
      'Path: /a/b.ts',
      '',
      '    order',
      '    and more',
      '    ',
      '    Revision ID: 0002',
      '    Revises: 0001',
      '    Create Date: 2015-09-15 14:52:22.448944',
      '',
    ]);
  });
});
