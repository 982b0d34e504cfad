import type { Database } from '../../database/database.ts';
import { currentRevisions, stamp, upgrade } from '../../database/migrate.ts';
import { type HistoryName, histories, type Located, locateRevision } from '../../database/revisions.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';
import { createSchema } from './create-schema.ts';
import type { DbsyncConsole } from './dbsync-console.ts';
import type { DbsyncTask } from './dbsync-task.ts';
import { findEditor } from './find-editor.ts';
import { migrationFile, requireSources } from './migration-file.ts';
import { heads, historyLines, revisionEntry, revisionLine } from './revision-lines.ts';
import { detectOperations, writeMigration } from './write-migration.ts';

/** What a task works with. */
export interface TaskSurroundings {
  readonly on: DbsyncConsole;
  readonly log: Logger;
  /** Runs work on the configured database, and closes it. */
  readonly withDatabase: <T>(work: (database: Database) => Promise<T>) => Promise<T>;
}

/**
 * Does what a subcommand asks for. Results are written to standard output.
 *
 * @throws InspectorError `not-found`, `invalid` or `conflict` for what cannot be done to this database or with this
 * revision; another kind, or another error, where the surroundings fail.
 */
export async function runTask(task: DbsyncTask, to: TaskSurroundings): Promise<void> {
  const { log, withDatabase } = to;
  switch (task.name) {
    case 'upgrade':
      return withDatabase((database) => upgrade(database, log, task.revision));
    case 'stamp':
      return withDatabase((database) => stamp(database, log, task.revision));
    case 'create_schema':
      return withDatabase((database) => createSchema(database, log));
    case 'current':
      return printLines((await currentOnes(to)).map(lineOf), to);
    case 'heads':
      return printLines(heads(histories).map(lineOf), to);
    case 'history':
      return printLines(historyLines(histories), to);
    case 'branches':
      return;
    case 'show':
      return show(task.revision, to);
    case 'edit':
      return edit(task.revision, to);
    case 'revision':
      return revise(task, to);
  }
}

async function show(revision: string, to: TaskSurroundings): Promise<void> {
  const shown = await named(revision, to);
  printLines(
    shown.flatMap((one) => revisionEntry(one, migrationFile(one, to.on), histories)),
    to,
  );
}

async function edit(revision: string, to: TaskSurroundings): Promise<void> {
  const { on } = to;
  requireSources(on.migrations);
  const edited = await named(revision, to);
  if (edited.length === 0) {
    const reason = `No revision files indicated by symbol '${revision}'`;
    throw new InspectorError('not-found', revision === 'current' ? 'No current revisions' : reason);
  }
  for (const one of edited) openInEditor(migrationFile(one, on), on);
}

function openInEditor(file: string, on: DbsyncConsole): void {
  try {
    on.edit(findEditor(on), file);
  } catch (error) {
    throw new InspectorError('conflict', `Error executing editor (${messageOf(error)})`, { cause: error });
  }
}

async function revise(
  { message, autogenerate }: Extract<DbsyncTask, { name: 'revision' }>,
  { on, log, withDatabase }: TaskSurroundings,
): Promise<void> {
  requireSources(on.migrations);
  const operations = autogenerate
    ? await withDatabase((database) => detectOperations(database, log))
    : undefined;
  writeMigration(message, operations, on);
}

/** The revisions that a word means: both heads for `head`, none for `base`, what the database has for `current`. */
async function named(revision: string, to: TaskSurroundings): Promise<Located[]> {
  if (revision === 'current') return currentOnes(to);
  const target = locateRevision(revision);
  if (target.kind === 'revision') return [target];
  return target.kind === 'head' ? heads(histories) : [];
}

/** @throws InspectorError `not-found` for a revision of the database that this version does not know. */
function currentOnes({ withDatabase }: TaskSurroundings): Promise<Located[]> {
  return withDatabase(async (database) => {
    const current = await currentRevisions(database);
    return (['reference', 'own'] as const).flatMap((history) => knownRevision(history, current[history]));
  });
}

function knownRevision(history: HistoryName, revision: string | null): Located[] {
  if (revision === null) return [];
  const migration = histories[history].find((one) => one.revision === revision);
  if (migration === undefined) {
    throw new InspectorError('not-found', `Can't locate revision identified by '${revision}'`);
  }
  return [{ kind: 'revision', history, migration }];
}

function lineOf(one: Located): string {
  return revisionLine(one, histories);
}

function printLines(lines: readonly string[], { on }: TaskSurroundings): void {
  on.write(lines.map((line) => `${line}\n`).join(''));
}
