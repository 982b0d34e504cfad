import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HistoryName } from '../../database/revisions.ts';
import { type Clock, systemClock } from '../../host/clock.ts';
import { type ServiceConsole, thisProcess } from '../service-console.ts';

/** What `ironic-inspector-dbsync` works with besides its arguments; a test brings its own. */
export interface DbsyncConsole extends ServiceConsole {
  readonly clock: Clock;
  /** 12 hexadecimal digits that no other revision has. */
  readonly newRevision: () => string;
  readonly migrations: MigrationFolders;
  /** Opens a file for the user. @throws Error when the program fails or cannot be started. */
  readonly edit: (program: string, file: string) => void;
  readonly writeFile: (path: string, text: string) => void;
}

/** Where the migrations' files lie; each name begins with the revision. */
export interface MigrationFolders extends Readonly<Record<HistoryName, string>> {
  /** The files are sources that can be changed, not those of an installed package. */
  readonly areSources: boolean;
}

/** This process, and the migrations of this package. */
export function dbsyncProcess(): DbsyncConsole {
  const folder = (history: HistoryName) =>
    fileURLToPath(new URL(`../../database/migrations/${history}`, import.meta.url));
  return {
    ...thisProcess(),
    clock: systemClock,
    newRevision: () => randomBytes(6).toString('hex'),
    migrations: {
      reference: folder('reference'),
      own: folder('own'),
      areSources: import.meta.url.endsWith('.ts'),
    },
    edit: runEditor,
    writeFile: (path, text) => writeFileSync(path, text),
  };
}

function runEditor(program: string, file: string): void {
  const { error, status, signal } = spawnSync(program, [file], { stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${file} ended with ${signal ?? `exit status ${status}`}`);
}
