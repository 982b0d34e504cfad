import type { Database, Queries } from '../database/database.ts';
import { listStatement, statement } from '../database/statement.ts';
import type { HistoryDocumentsTable } from '../database/tables.ts';
import { unpacked } from './packed-text.ts';

const selectDigests = listStatement((query, digests: readonly string[]) =>
  query.selectFrom('history_documents').select('digest').where('digest', 'in', digests),
);

/** Those of the documents that are there already, so that they need not be packed. */
export async function knownDocuments(query: Queries, digests: readonly string[]): Promise<Set<string>> {
  const { rows } = await selectDigests(query, digests);
  return new Set(rows.map(({ digest }) => digest));
}

/** A document on its way into the database. */
export interface NewDocument {
  readonly digest: string;
  /** Octets of the text. */
  readonly size: number;
  /** In the engine's form. */
  readonly touchedAt: unknown;
  readonly body: () => string;
}

/**
 * Sees to it that documents of different digests are there, and that a clean-up leaves them there until a run refers
 * to them.
 */
export async function ensureDocuments(query: Queries, documents: readonly NewDocument[]): Promise<void> {
  const [first, ...others] = documents;
  if (first === undefined) return;
  const digests = documents.map(({ digest }) => digest);
  const touch = query.updateTable('history_documents').set({ touched_at: first.touchedAt });
  const { numUpdatedRows } = await touch.where('digest', 'in', digests).executeTakeFirst();
  if (numUpdatedRows === BigInt(documents.length)) return;
  if (numUpdatedRows > 0n) {
    for (const document of [first, ...others]) await ensureDocuments(query, [document]);
    return;
  }
  await insertDocuments(query, documents);
}

const insert = statement((query, { digest, size, touched_at, body }: HistoryDocumentsTable) =>
  query.insertInto('history_documents').values({ digest, size, touched_at, body }),
);

/** Adds documents of which none is there. */
export async function insertDocuments(query: Queries, documents: readonly NewDocument[]): Promise<void> {
  for (const { digest, size, touchedAt, body } of documents) {
    await insert(query, { digest, size, touched_at: touchedAt, body: body() });
  }
}

/** The text; `undefined` when it is not there any more. */
export async function readDocument(query: Queries, digest: string): Promise<string | undefined> {
  const rows = query.selectFrom('history_documents').select('body').where('digest', '=', digest);
  const row = await rows.executeTakeFirst();
  return row === undefined ? undefined : unpacked(row.body);
}

/** A part of the documents, in the order of their digests. */
export interface DocumentSweep {
  /** Behind this digest. */
  readonly after: string;
  readonly limit: number;
  /** Who was touched later may be about to be used; in the engine's form. */
  readonly touchedBefore: unknown;
}

/**
 * Deletes those of the next documents that no run refers to. As long as an introspection that has been processed waits
 * for its end, all are left alone: its run will refer to some.
 *
 * @returns How many, and the last digest that was looked at; `''` after the last of all.
 */
export async function sweepDocuments(
  database: Pick<Database, 'query' | 'transaction'>,
  { after, limit, touchedBefore }: DocumentSweep,
): Promise<{ readonly deleted: number; readonly last: string }> {
  if (await hasOldFinish(database.query, touchedBefore)) return { deleted: 0, last: after };
  const rows = database.query.selectFrom('history_documents').select('digest').where('digest', '>', after);
  const digests = (await rows.orderBy('digest').limit(limit).execute()).map(({ digest }) => digest);
  if (digests.length === 0) return { deleted: 0, last: '' };
  // A writer that touches one of them at this moment is waited for, and its row is looked at anew.
  const { numDeletedRows } = await database.transaction((transaction) =>
    transaction
      .deleteFrom('history_documents')
      .where('digest', 'in', digests)
      .where('touched_at', '<', touchedBefore)
      .where((where) => {
        const ofRuns = where.selectFrom('history_runs').select('run');
        return where.not(
          where
            .exists(ofRuns.whereRef('history_runs.unprocessed', '=', 'history_documents.digest'))
            .or(where.exists(ofRuns.whereRef('history_runs.processed', '=', 'history_documents.digest'))),
        );
      })
      .executeTakeFirst(),
  );
  const last = digests.length < limit ? '' : (digests.at(-1) ?? '');
  return { deleted: Number(numDeletedRows), last };
}

async function hasOldFinish(query: Queries, before: unknown): Promise<boolean> {
  const work = query.selectFrom('work_in_flight').select('node_uuid').where('kind', '=', 'finish');
  return (await work.where('created_at', '<', before).limit(1).executeTakeFirst()) !== undefined;
}
