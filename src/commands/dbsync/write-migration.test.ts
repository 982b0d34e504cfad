// Shows these lines of docs/compatibility.md: dbsync-migration-files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { madeUpDbsync } from '../../../testing/made-up-dbsync.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { openTestDatabase, testDatabase } from '../../../testing/test-database.ts';
import { differences } from '../../database/autogenerate/differences.ts';
import type { Database } from '../../database/database.ts';
import { upgrade } from '../../database/migrate.ts';
import type { Migration, MigrationQueries } from '../../database/migrations/migration.ts';
import { headOf } from '../../database/revisions.ts';
import { declaredTables } from '../../database/schema/own-tables.ts';
import { schemaChanger } from '../../database/schema/schema-changer.ts';
import type { TableDefinition } from '../../database/schema/table-definition.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { silentLogger } from '../../logging/logger.ts';
import { detectOperations, writeMigration } from './write-migration.ts';

const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));
const biome = fileURLToPath(new URL('../../../node_modules/.bin/biome', import.meta.url));
const formatter = fileURLToPath(new URL('../../../biome.json', import.meta.url));

/** The only export of a file. */
async function migrationIn(path: string): Promise<Migration> {
  const exported: Record<string, Migration> = await import(pathToFileURL(path).href);
  const [only, ...others] = Object.values(exported);
  assert.ok(only !== undefined && others.length === 0);
  return only;
}

/** What the compiler says against files of a checkout, under the project's rules. */
function complaints(folder: string, files: readonly string[]): string {
  const project = join(folder, 'tsconfig.files.json');
  writeFileSync(project, JSON.stringify({ extends: './tsconfig.json', include: [], files }));
  const { stdout, stderr } = spawnSync(tsc, ['-p', project], { encoding: 'utf8' });
  return stdout + stderr;
}

/** What the formatter says against the files of a folder. */
function formatComplaints(folder: string): string {
  const { status, stderr } = spawnSync(biome, ['check', '--vcs-enabled=false', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

function apply(migration: Migration, database: Database): Promise<void> {
  const query = database.query as unknown as MigrationQueries;
  const { dialect } = database;
  return migration.upgrade({ schema: schemaChanger(query, dialect), query, dialect, progress: () => {} });
}

/** The declared tables with a column, a table and an index more. */
function changedTables(): TableDefinition[] {
  const note: TableDefinition = {
    name: 'notes',
    columns: [
      { name: 'uuid', type: { kind: 'varchar', length: 36 }, nullable: false },
      { name: 'text', type: { kind: 'text' }, nullable: true },
    ],
    primaryKey: { columns: ['uuid'] },
    indexes: [{ name: 'notes_text', columns: ['uuid', 'text'] }],
    own: true,
  };
  const room = { name: 'room', type: { kind: 'integer' }, nullable: false, default: 3 } as const;
  return [
    ...declaredTables('sqlite').map((table) =>
      table.name === 'baremetal_nodes' ? { ...table, columns: [...table.columns, room] } : table,
    ),
    note,
  ];
}

describe('ironic-inspector-dbsync revision', () => {
  it('writes a migration that follows the newest one of ours, and lists it', async () => {
    const { run, own, folder } = madeUpDbsync();

    const { code, out, err } = await run('revision', '-m', 'More room, for names!');

    const file = join(own, '00000000000a-more-room-for-names.ts');
    const { revision, revises, title, created } = await migrationIn(file);
    assert.deepEqual([code, out, err], [0, `Generating ${file} ...  done\n`, '']);
    assert.deepEqual(
      { revision, revises, title, created },
      {
        revision: '00000000000a',
        revises: headOf('own'),
        title: 'More room, for names!',
        created: '2026-11-22T12:30:00.000000',
      },
    );
    const list = readFileSync(join(own, 'built-ins.ts'), 'utf8');
    assert.match(list, /import \{ moreRoomForNames \} from '\.\/00000000000a-more-room-for-names\.ts';/);
    assert.match(list, /\bmoreRoomForNames,?\s*\];/);
    assert.equal(readFileSync(file, 'utf8').match(/\bupgrade\(/g)?.length, 1);
    assert.equal(complaints(folder, [file, join(own, 'built-ins.ts')]), '');
  });

  it('calls the file after the revision alone where there is no message', async () => {
    const { run, own } = madeUpDbsync();

    await run('revision');
    const second = await run('revision');

    assert.equal(second.code, 0);
    assert.deepEqual(
      readdirSync(own).filter((name) => name.startsWith('00000000')),
      ['00000000000a.ts', '00000000000b.ts'],
    );
    const list = readFileSync(join(own, 'built-ins.ts'), 'utf8');
    assert.match(list, /\bemptyMessage,\s+migration00000000000b,?\s*\];/);
    assert.equal((await migrationIn(join(own, '00000000000a.ts'))).title, 'empty message');
  });

  for (const [message, slug] of [
    ['Größe of "x": 50% \\ more', '-gr-e-of-x-50-more'],
    ['---', ''],
    ['a hundred words are too long for the name of a file', '-a-hundred-words-are-too-long-for-the'],
    ['x'.repeat(50), `-${'x'.repeat(40)}`],
    ["it's */ a comment\nof two lines", '-it-s-a-comment-of-two-lines'],
    ['', ''],
  ] as const) {
    it(`makes a name for the file of ${JSON.stringify(message)}, and keeps the title`, async () => {
      const { run, own } = madeUpDbsync();

      await run('revision', '-m', message);

      assert.equal((await migrationIn(join(own, `00000000000a${slug}.ts`))).title, message);
    });
  }

  it('writes files in the form of the formatter', async () => {
    const { run, own } = madeUpDbsync();

    await run(
      'revision',
      '-m',
      'A title that is as long as a sentence, so that the line would be longer than all lines',
    );

    copyFileSync(formatter, join(own, 'biome.json'));
    assert.equal(formatComplaints(own), '');
  });

  it('writes an empty migration, and says so, when nothing differs', async () => {
    const { run, own } = madeUpDbsync();
    await run('upgrade');

    const { code, out, err } = await run('revision', '-m', 'nothing', '--autogenerate');

    const file = join(own, '00000000000a-nothing.ts');
    const database = await testDatabase();
    await apply(await migrationIn(file), database);
    assert.deepEqual([code, out], [0, `Generating ${file} ...  done\n`]);
    assert.match(err, /does not differ from the declared tables: the migration is empty/);
    assert.deepEqual(await differences(database, declaredTables('sqlite')), []);
  });

  it('compares with an upgraded database only', async () => {
    const { run, own } = madeUpDbsync();
    const before = readdirSync(own);

    const empty = await run('revision', '--autogenerate');
    await run('upgrade', '--revision', 'b55109d5063a');
    const older = await run('revision', '-m', 'x', '--autogenerate');

    for (const { code, out } of [empty, older]) {
      assert.deepEqual([code, out], [255, 'FAILED: Target database is not up to date.\n']);
    }
    assert.deepEqual(readdirSync(own), before);
  });

  it('finds what is declared and not there, and writes a migration that makes it', async () => {
    const { own, folder } = madeUpDbsync();
    const database = await testDatabase();
    const log = recordingLogger();
    let out = '';

    const operations = await detectOperations(database, log, changedTables());
    writeMigration('room and notes', operations, {
      clock: { now: () => new Date(0) },
      migrations: { reference: '', own, areSources: true },
      newRevision: () => 'abcdefabcdef',
      readFile: (path) => readFileSync(path),
      write: (text) => void (out += text),
      writeFile: (path, text) => writeFileSync(path, text),
    });
    const file = join(own, 'abcdefabcdef-room-and-notes.ts');
    await apply(await migrationIn(file), database);

    assert.ok(log.at('info').includes("Detected added table 'notes'"));
    assert.ok(log.at('info').includes("Detected added column 'baremetal_nodes.room'"));
    assert.equal(out, `Generating ${file} ...  done\n`);
    assert.equal(complaints(folder, [file]), '');
    assert.deepEqual(await differences(database, changedTables()), []);
  });

  it('refuses a database that has been upgraded by a newer version', async () => {
    const database = await openTestDatabase('sqlite://');
    await upgrade(database, silentLogger(), 'd588418040d');

    await assert.rejects(
      detectOperations(database, silentLogger()),
      (error) => error instanceof InspectorError && error.kind === 'conflict',
    );
  });

  it('writes nothing when the list of migrations cannot be understood', async () => {
    const { run, own } = madeUpDbsync();
    writeFileSync(join(own, 'built-ins.ts'), 'export {};\n');
    const before = readdirSync(own);

    const { code, out } = await run('revision', '-m', 'x');

    assert.equal(code, 255);
    assert.match(out, /add the new migration by hand/);
    assert.deepEqual(readdirSync(own), before);
  });
});
