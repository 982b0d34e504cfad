import type { Migration } from '../../database/migrations/migration.ts';
import type { HistoryName, Located } from '../../database/revisions.ts';

/** Both histories, each oldest first. */
export type Histories = Readonly<Record<HistoryName, readonly Migration[]>>;

/** The original's revisions come first, so that what it prints stays as it is (docs/compatibility.md, dbsync-two-histories). */
const order: readonly HistoryName[] = ['reference', 'own'];

/** `b55109d5063a (head)` or `0001 (inspector)`: a revision as the original's tool prints one of a labelled branch. */
export function revisionLine({ history, migration: { revision } }: Located, histories: Histories): string {
  const label = history === 'own' ? ' (inspector)' : '';
  return `${revision}${label}${headMark(history, revision, histories)}`;
}

/** `<parent> -> <revision> (head), <title>` for each revision, newest first. */
export function historyLines(histories: Histories): string[] {
  return order.flatMap((history) =>
    histories[history]
      .map((migration) => {
        const line = revisionLine(located(history, migration), histories);
        return `${migration.revises ?? '<base>'} -> ${line}, ${migration.title}`;
      })
      .toReversed(),
  );
}

/** The newest revision of each history. */
export function heads(histories: Histories): Located[] {
  return order.flatMap((history) => {
    const newest = histories[history].at(-1);
    return newest === undefined ? [] : [located(history, newest)];
  });
}

/** All of one revision, in lines; `path` is the file of its migration. */
export function revisionEntry(one: Located, path: string, histories: Histories): string[] {
  const { history, migration } = one;
  const { revision, revises, title, created } = migration;
  return [
    `Rev: ${revision}${headMark(history, revision, histories)}`,
    `Parent: ${revises ?? '<base>'}`,
    ...(history === 'own' ? ['Branch names: inspector'] : []),
    `Path: ${path}`,
    '',
    ...[
      ...title.split('\n'),
      '',
      `Revision ID: ${revision}`,
      revises === null ? 'Revises:' : `Revises: ${revises}`,
      `Create Date: ${created.replace('T', ' ')}`,
    ].map((line) => `    ${line}`),
    '',
  ];
}

function headMark(history: HistoryName, revision: string, histories: Histories): string {
  return histories[history].at(-1)?.revision === revision ? ' (head)' : '';
}

function located(history: HistoryName, migration: Migration): Located {
  return { kind: 'revision', history, migration };
}
