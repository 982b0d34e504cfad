import type { Logger } from '../../logging/logger.ts';
import { type HistoryName, headOf, newestOwn, stepsUpTo, type Target } from '../revisions.ts';
import { liveColumns } from '../schema/live-columns.ts';
import { missingParts } from '../schema/missing-parts.ts';
import { ownTables } from '../schema/own-tables.ts';
import type { MigrationContext } from './migration.ts';
import { forgetVersions, readVersions, recordVersion } from './versions.ts';

/** Writes the versions that a target stands for; `stamp` in `migrate.ts` says which. */
export async function writeStamp(
  on: Pick<MigrationContext, 'query' | 'dialect'> & { readonly log: Logger },
  target: Target,
): Promise<void> {
  const { query, dialect, log } = on;
  const hasOwnTables = missingParts(await liveColumns(query, dialect), ownTables).length === 0;
  const versions = await readVersions(on);
  for (const [history, revision] of versionsFor(target, hasOwnTables)) {
    const from = history === 'reference' ? versions.reference : newestOwn(versions.own);
    log.info(`Running stamp_revision ${from ?? ''} -> ${revision ?? ''}`);
    const done = revision === null ? [] : stepsUpTo(history, revision);
    await forgetVersions(query, history);
    for (const step of history === 'reference' ? done.slice(-1) : done) {
      await recordVersion(query, history, step.revision);
    }
  }
}

function versionsFor(target: Target, hasOwnTables: boolean): [HistoryName, string | null][] {
  if (target.kind === 'revision') return [[target.history, target.migration.revision]];
  const of = (history: HistoryName) => (target.kind === 'head' ? headOf(history) : null);
  const both: [HistoryName, string | null][] = [
    ['reference', of('reference')],
    ['own', of('own')],
  ];
  // Tables of ours that are not there are still to be made by `upgrade`.
  return target.kind === 'head' && !hasOwnTables ? both.slice(0, 1) : both;
}
