/**
 * Measures what storing costs on SQLite: writers at the same time, each doing what a callback asks of the database, with
 * transactions that share COMMITs and with each having its own, in turn:
 *
 *     node benchmarks/commits.ts [--writers 1,8,32,128] [--seconds 3] [--rounds 3] [--kibibytes 60] [--pragma TEXT]...
 *
 * With `--pragma` (for example 'wal_autocheckpoint = 4000') a third kind shares COMMITs and has these settings.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Kysely, SqliteIntrospector } from 'kysely';
import { NodeSqliteAdapter } from '../src/database/dialects/node-sqlite-adapter.ts';
import { NodeSqliteDriver } from '../src/database/dialects/node-sqlite-driver.ts';
import { NodeSqliteQueryCompiler } from '../src/database/dialects/node-sqlite-query-compiler.ts';
import { repeatUndone } from '../src/database/dialects/undone-with-others.ts';
import { numberedUuid } from '../testing/numbered-uuid.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { machineFacts } from './scale-report.ts';
import { percentile } from './side-by-side/percentile.ts';

interface Tables {
  nodes: { uuid: string; state: string; version_id: string };
  documents: { uuid: string; kind: number; data: string };
}

/** Transactions of a callback: states and notes, and two that store a document. */
const transactions = [false, false, true, false, false, true, false, false, false];

const { values } = parseArgs({
  options: {
    writers: { type: 'string', default: '1,8,32,128' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    kibibytes: { type: 'string', default: '60' },
    pragma: { type: 'string', multiple: true },
  },
});
const document = JSON.stringify({ text: 'inventory '.repeat(Number(values.kibibytes) * 100) });
const kinds = [
  { name: 'a COMMIT each', sharesCommits: false, pragmas: [] },
  { name: 'shared COMMITs', sharesCommits: true, pragmas: [] },
  ...(values.pragma === undefined
    ? []
    : [{ name: values.pragma.join(', '), sharesCommits: true, pragmas: values.pragma }]),
];

write(machineFacts());
for (const writers of values.writers.split(',').map(Number)) {
  const figures = kinds.map(() => [] as Awaited<ReturnType<typeof measured>>[]);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const turn of kinds.keys()) {
      const which = (turn + round) % kinds.length;
      for (const kind of kinds.slice(which, which + 1)) figures[which]?.push(await measured(writers, kind));
    }
  }
  write(`${writers} writers`);
  for (const [which, { name }] of kinds.entries()) {
    const median = (read: (one: Awaited<ReturnType<typeof measured>>) => number) =>
      percentile(figures[which]?.map(read) ?? [], 0.5).toFixed(2);
    write(
      `  ${name.padEnd(32)} ${median(({ rate }) => rate)} callbacks/s, ` +
        `processor ${median(({ cpu }) => cpu)} ms, ${median(({ commits }) => commits)} COMMITs each; ` +
        `transaction p50 ${median(({ p50 }) => p50)}, p95 ${median(({ p95 }) => p95)} ms`,
    );
  }
}

async function measured(writers: number, { sharesCommits, pragmas }: (typeof kinds)[number]) {
  const folder = temporaryFolder();
  const { database, writer, commits } = open(join(folder.path, 'commits.sqlite'), sharesCommits, pragmas);
  writer.exec('CREATE TABLE nodes (uuid TEXT PRIMARY KEY, state TEXT, version_id TEXT)');
  writer.exec('CREATE TABLE documents (uuid TEXT, kind INTEGER, data TEXT, PRIMARY KEY (uuid, kind))');
  const took: number[] = [];
  const before = process.cpuUsage();
  const began = performance.now();
  const until = began + Number(values.seconds) * 1000;
  let callbacks = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() < until) await callback(database, numberedUuid(callbacks++), took);
    }),
  );
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  await database.destroy();
  folder[Symbol.dispose]();
  return {
    rate: callbacks / seconds,
    cpu: (user + system) / 1000 / callbacks,
    commits: commits.count / callbacks,
    p50: percentile(took, 0.5),
    p95: percentile(took, 0.95),
  };
}

async function callback(database: Kysely<Tables>, uuid: string, took: number[]): Promise<void> {
  for (const [number, hasDocument] of transactions.entries()) {
    // Between two transactions there is an answer of somebody over the network.
    await nextTurn();
    const begun = performance.now();
    await repeatUndone(() =>
      database.transaction().execute(async (transaction) => {
        const nodes = transaction.selectFrom('nodes').selectAll().where('uuid', '=', uuid);
        const node = await nodes.forUpdate().executeTakeFirst();
        const state = { state: `state ${number}`, version_id: String(number) };
        if (node === undefined)
          await transaction
            .insertInto('nodes')
            .values({ uuid, ...state })
            .execute();
        else await transaction.updateTable('nodes').set(state).where('uuid', '=', uuid).execute();
        if (!hasDocument) return;
        const row = { uuid, kind: number, data: document };
        await transaction
          .deleteFrom('documents')
          .where('uuid', '=', uuid)
          .where('kind', '=', number)
          .execute();
        await transaction.insertInto('documents').values(row).execute();
      }),
    );
    took.push(performance.now() - begun);
  }
}

function open(path: string, sharesCommits: boolean, pragmas: readonly string[]) {
  const commits = { count: 0 };
  class CountingDatabase extends DatabaseSync {
    override exec(sql: string): void {
      if (sql === 'COMMIT') commits.count += 1;
      super.exec(sql);
    }
  }
  const writer = new CountingDatabase(path);
  // As src/database/open-sqlite.ts has it.
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -16000', ...pragmas]) {
    writer.exec(`PRAGMA ${setting}`);
  }
  const reader = new DatabaseSync(path, { readOnly: true });
  const parts = { writer, reader, sharesCommits, busyTimeout: 10_000, location: path };
  const database = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new NodeSqliteAdapter(),
      createDriver: () => new NodeSqliteDriver(parts),
      createIntrospector: (on) => new SqliteIntrospector(on),
      createQueryCompiler: () => new NodeSqliteQueryCompiler(),
    },
  });
  return { database, writer, commits };
}

function write(what: string | object): void {
  process.stdout.write(`${typeof what === 'string' ? what : JSON.stringify(what)}\n`);
}
