import { join } from 'node:path';
import type { Located } from '../../database/revisions.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { DbsyncConsole, MigrationFolders } from './dbsync-console.ts';

/**
 * The path of a migration's file.
 *
 * @throws InspectorError `internal` when there is none, which an incomplete installation is the reason for.
 */
export function migrationFile(
  { history, migration: { revision } }: Located,
  on: Pick<DbsyncConsole, 'listDirectory' | 'migrations'>,
): string {
  const folder = on.migrations[history];
  const name = on.listDirectory(folder).find((file) => belongsTo(file, revision));
  if (name === undefined) {
    throw new InspectorError(
      'internal',
      `There is no file of revision ${revision} in ${folder}: install the package again`,
    );
  }
  return join(folder, name);
}

/** @throws InspectorError `forbidden` where there are no sources that could be changed. */
export function requireSources({ areSources, own }: MigrationFolders): void {
  if (areSources) return;
  throw new InspectorError(
    'forbidden',
    `Migrations are written and edited in a checkout of the sources; ${own} belongs to an installed package`,
  );
}

/** `<revision>-<slug>.ts` or its compiled form, without what lies beside it. */
function belongsTo(file: string, revision: string): boolean {
  const [, name, rest] = /^([^-.]+)(?:-[^.]+)?\.(.+)$/.exec(file) ?? [];
  return name === revision && (rest === 'ts' || rest === 'js');
}
