import { createHash } from 'node:crypto';
import type { Database, Queries } from '../database/database.ts';
import { unpacked } from './packed-text.ts';

/** What a document is known by: SHA-256 of its text. */
export function documentDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether the document is there already, so that it need not be packed. */
export async function hasDocument(query: Queries, digest: string): Promise<boolean> {
  const rows = query.selectFrom('history_documents').select('digest').where('digest', '=', digest);
  return (await rows.executeTakeFirst()) !== undefined;
}

/** A document on its way into the database. */
export interface NewDocument {
  readonly digest: string;
  /** Octets of the text. */
  readonly size: number;
  /** In the engine's form. */
  readonly touchedAt: unknown;
  readonly body: () => Promise<string>;
}

/** Sees to it that the document is there, and that a clean-up leaves it there until a run refers to it. */
export async function ensureDocument(query: Queries, document: NewDocument): Promise<void> {
  const { digest, size, touchedAt } = document;
  const touch = query.updateTable('history_documents').set({ touched_at: touchedAt });
  const { numUpdatedRows } = await touch.where('digest', '=', digest).executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const row = { digest, size, touched_at: touchedAt, body: await document.body() };
  await query.insertInto('history_documents').values(row).execute();
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
 * Deletes those of the next documents that nothing refers to.
 *
 * @returns How many, and the last digest that was looked at; `''` after the last of all.
 */
export async function sweepDocuments(
  database: Pick<Database, 'query' | 'transaction'>,
  { after, limit, touchedBefore }: DocumentSweep,
): Promise<{ readonly deleted: number; readonly last: string }> {
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
        const ofPending = where.selectFrom('history_pending').select('node_uuid');
        return where.not(
          where
            .exists(ofRuns.whereRef('history_runs.unprocessed', '=', 'history_documents.digest'))
            .or(where.exists(ofRuns.whereRef('history_runs.processed', '=', 'history_documents.digest')))
            .or(
              where.exists(
                ofPending.whereRef('history_pending.unprocessed', '=', 'history_documents.digest'),
              ),
            )
            .or(
              where.exists(ofPending.whereRef('history_pending.processed', '=', 'history_documents.digest')),
            ),
        );
      })
      .executeTakeFirst(),
  );
  const last = digests.length < limit ? '' : (digests.at(-1) ?? '');
  return { deleted: Number(numDeletedRows), last };
}
