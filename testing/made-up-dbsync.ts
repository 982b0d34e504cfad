import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DbsyncConsole } from '../src/commands/dbsync/dbsync-console.ts';
import { runDbsync } from '../src/commands/ironic-inspector-dbsync.ts';
import { type MadeUpConsole, madeUpConsole } from './made-up-console.ts';
import { temporaryFolder } from './temporary-folder.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

/** What `ironic-inspector-dbsync` said to one command line. */
export interface DbsyncAnswer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command over a database in a folder of its own, and a copy of the migrations there. */
export interface MadeUpDbsync {
  readonly folder: string;
  /** The SQLite file, which need not be there yet. */
  readonly database: string;
  /** The copy of our migrations. */
  readonly own: string;
  /** What the editor was called with, as `<program> <file>`. */
  readonly edited: string[];
  readonly run: (...argv: readonly string[]) => Promise<DbsyncAnswer>;
}

/** Migrations written by it are called 00000000000a, 00000000000b and so on, and are of 2026-11-22 12:30. */
export function madeUpDbsync(changes: Partial<DbsyncConsole> = {}): MadeUpDbsync {
  const folder = temporaryFolder().path;
  const database = join(folder, 'inspector.sqlite');
  const copies = copyMigrations(folder);
  writeFileSync(
    join(folder, 'ironic-inspector.conf'),
    `[database]\nconnection = sqlite:///${database}\nsqlite_synchronous = false\n`,
  );
  const edited: string[] = [];
  let written = 0;
  return {
    folder,
    database,
    own: copies.own,
    edited,
    async run(...argv) {
      const plain: MadeUpConsole = madeUpConsole(folder, { environment: { EDITOR: 'ed', PATH: '/made/up' } });
      const code = await runDbsync(argv, {
        ...plain,
        exists: (path) => path === '/made/up/ed' || (path.startsWith(folder) && existsSync(path)),
        clock: { now: () => new Date('2026-11-22T12:30:00Z') },
        newRevision: () => (0xa + written++).toString(16).padStart(12, '0'),
        migrations: copies,
        edit: (program, file) => void edited.push(`${program} ${file}`),
        writeFile: (path, text) => writeFileSync(path, text),
        readFile: (path) => readFileSync(path),
        ...changes,
      });
      return { code, ...plain.said };
    },
  };
}

/** The sources of migrations and what they need, as a small checkout. */
function copyMigrations(folder: string): DbsyncConsole['migrations'] {
  for (const part of ['database', 'errors', 'host', 'logging']) {
    cpSync(join(project, 'src', part), join(folder, 'src', part), {
      recursive: true,
      filter: (path) => !path.endsWith('.test.ts'),
    });
  }
  cpSync(join(project, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  const migrations = join(folder, 'src', 'database', 'migrations');
  return { reference: join(migrations, 'reference'), own: join(migrations, 'own'), areSources: true };
}
