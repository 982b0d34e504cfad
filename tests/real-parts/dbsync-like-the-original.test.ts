// Shows these lines of docs/compatibility.md: dbsync-two-histories, dbsync-migration-files,
// dbsync-unversioned, dbsync-unknown-version, dbsync-stamp-unknown, dbsync-relative-revisions,
// dbsync-create-schema, dbsync-show-revises, status-database-checks, status-policy-fallback,
// status-check-word.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { skipWithout } from '../../testing/debian-packages.ts';
import { runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(['ironic-inspector']);

/** What a command line came to: the exit code and standard output. */
type Answer = readonly [code: number, stdout: string];

/** One thing after the other on a database: a command line, or a statement that damages it. */
type Step = readonly string[] | { readonly sql: string };

/** Runs the steps with one of the two programs, each on its own database in a folder of its own. */
type Runner = (steps: readonly Step[]) => Promise<Answer[]>;

const revisions = [
  '578f84f38d',
  'd588418040d',
  'e169a4a81d88',
  'd2e48801c8ef',
  'd00d6e3f38c4',
  '882b2d84cb1b',
  '18440d0834af',
  '2970d2d44edc',
  'bf8dec16023c',
  'b55109d5063a',
];

function program(name: 'ironic-inspector-dbsync' | 'ironic-inspector-status') {
  const ours = fileURLToPath(new URL(`../../bin/${name}.js`, import.meta.url));
  return {
    original: runner((args, home) => runStockProgram(`/usr/bin/${name}`, args, home)),
    ours: runner((args, home) => runStockProgram(process.execPath, [ours, ...args], home)),
  };
}

function runner(
  run: (args: readonly string[], home: string) => Promise<{ readonly code: number; readonly stdout: string }>,
): Runner {
  return async (steps) => {
    const folder = temporaryFolder().path;
    const database = join(folder, 'x.sqlite');
    const file = join(folder, 'x.conf');
    writeFileSync(file, `[database]\nconnection = sqlite:///${database}\n`);
    const answers: Answer[] = [];
    for (const step of steps) {
      if ('sql' in step) execute(database, step.sql);
      else {
        const args = step.map((word) => word.replaceAll('<folder>', folder));
        const { code, stdout } = await run(['--config-file', file, ...args], folder);
        answers.push([code, stdout.replaceAll(folder, '<folder>')]);
      }
    }
    return answers;
  };
}

function manageBoot(path: string, revises: string): string {
  return `Rev: 2970d2d44edc
Parent: 18440d0834af
Path: ${path}

    Add manage_boot to nodes
    
    Revision ID: 2970d2d44edc
    Revises: ${revises}
    Create Date: 2016-05-16 14:03:02.861672

`;
}

function execute(database: string, sql: string): void {
  const sqlite = new DatabaseSync(database);
  sqlite.exec(sql);
  sqlite.close();
}

/** What of our answer tells of the original's history, without the path of a file. */
function withoutOurs([code, stdout]: Answer): Answer {
  const part = stdout
    .split(/^(?=Rev: )/m)
    .filter((entry) => !entry.includes('\nBranch names: inspector\n'))
    .join('')
    .replaceAll(/^.* \(inspector\).*\n/gm, '')
    .replaceAll(/^Path: .*$/gm, 'Path: <file>');
  return [code, part];
}

describe('ironic-inspector-dbsync and the original', { skip }, () => {
  const { original, ours } = program('ironic-inspector-dbsync');

  const alike: Readonly<Record<string, readonly Step[]>> = {
    'an empty database': [['current'], ['upgrade'], ['upgrade'], ['current']],
    'each revision in turn': [
      ...revisions.map((revision): Step => ['upgrade', '--revision', revision]),
      ['current'],
    ],
    'an older revision than the current one': [
      ['upgrade', '--revision', 'd588'],
      ['upgrade', '--revision', '578f84f38d'],
      ['upgrade', '--revision', 'base'],
      ['current'],
    ],
    'what needs no database': [['history'], ['heads'], ['branches']],
    'one revision': [
      ['show', '--revision', '578f84f38d'],
      ['show', '--revision', 'bf8dec16023c'],
      ['show', '--revision'],
      ['show', '--revision', 'heads'],
      ['show', '--revision', 'base'],
      ['show', '--revision', 'nope'],
      ['show', '--revision', 'current'],
      ['upgrade', '--revision', 'd588418040d'],
      ['show', '--revision', 'current'],
    ],
    stamping: [
      ['stamp', '--revision'],
      ['current'],
      ['stamp', '--revision', 'base'],
      ['current'],
      ['stamp', '--revision', 'd588418040d'],
      ['current'],
      ['stamp', '--revision', 'e169', '--revision', '882b'],
      ['current'],
      ['stamp', '--revision', 'nope'],
      ['current'],
    ],
    abbreviations: [
      ['upgrade', '--revision', 'e'],
      ['current'],
      ['upgrade', '--revision', 'd'],
      ['upgrade', '--revision', 'B55109D5063A'],
    ],
    'unknown revisions': [
      ['upgrade', '--revision', 'nope'],
      ['upgrade', '--revision', 'current'],
      ['stamp', '--revision', 'current'],
      ['edit', '--revision', 'nope'],
      ['edit', '--revision', 'base'],
      ['edit', '--revision', 'current'],
      ['current'],
    ],
    'a database without tables that is stamped': [['stamp', '--revision', 'bf8dec16023c'], ['upgrade']],
    'a version that neither knows': [
      ['upgrade'],
      { sql: "UPDATE alembic_version SET version_num = 'zzzzz'" },
      ['current'],
      ['show', '--revision', 'current'],
    ],
    'wrong arguments': [
      [],
      ['bogus'],
      ['stamp'],
      ['show'],
      ['edit'],
      ['upgrade', 'extra'],
      ['upgrade', '--sql'],
      ['--version'],
      ['revision', '-m'],
      ['current', '--config-file', 'x'],
    ],
    'autogenerate on a database that is not upgraded': [['revision', '--autogenerate', '-m', 'x']],
    'options of the service': [
      ['--debug', '--log-file', '<folder>/x.log', 'current'],
      ['--config-dir', '<folder>', '--nodebug', 'heads'],
      ['--config-file', '/no/such.conf', 'heads'],
    ],
  };

  for (const [what, steps] of Object.entries(alike)) {
    it(`answer alike: ${what}`, async () => {
      const [here, there] = await Promise.all([ours(steps), original(steps)]);

      assert.deepEqual(here.map(withoutOurs), there.map(withoutOurs));
    });
  }

  it('show help with exit code 0', async () => {
    const steps = [['--help'], ['-h'], ['upgrade', '--help'], ['revision', '-h']];

    for (const run of [ours, original]) {
      for (const [code, stdout] of await run(steps)) {
        assert.equal(code, 0);
        assert.match(stdout, /^usage: ironic-inspector-dbsync /i);
      }
    }
  });

  /** What each answers to the last step. */
  const different: Readonly<
    Record<string, readonly [steps: readonly Step[], original: Answer, ours: readonly [number, RegExp]]>
  > = {
    'dbsync-two-histories': [
      [['heads']],
      [0, 'b55109d5063a (head)\n'],
      [0, /^b55109d5063a \(head\)\n\w+ \(inspector\) \(head\)\n$/],
    ],
    'dbsync-unversioned': [
      [{ sql: 'CREATE TABLE nodes (uuid TEXT)' }, ['upgrade']],
      [1, ''],
      [255, /^FAILED: The database has inspector tables but no version\. Run .*stamp --revision 578f84f38d/],
    ],
    'dbsync-unknown-version': [
      [['upgrade'], { sql: "UPDATE alembic_version SET version_num = 'zzzzz'" }, ['upgrade']],
      [255, "FAILED: Can't locate revision identified by 'zzzzz'\n"],
      [255, /^FAILED: The database is at revision zzzzz, which this version does not know/],
    ],
    'dbsync-stamp-unknown': [
      [['upgrade'], { sql: "UPDATE alembic_version SET version_num = 'zzzzz'" }, ['stamp', '--revision']],
      [255, "FAILED: Can't locate revision identified by 'zzzzz'\n"],
      [0, /^$/],
    ],
    'dbsync-relative-revisions': [
      [
        ['upgrade', '--revision', '578f84f38d'],
        ['upgrade', '--revision', '+1'],
      ],
      [0, ''],
      [255, /^FAILED: Can't locate revision identified by '\+1'\n$/],
    ],
    'dbsync-create-schema': [[['create_schema']], [2, ''], [0, /^$/]],
    // The original tells what its file says of itself, which was not changed when the revision was moved.
    'dbsync-show-revises': [
      [['show', '--revision', '2970d2d44edc']],
      [
        0,
        manageBoot(
          '/usr/lib/python3/dist-packages/ironic_inspector/migrations/versions/2970d2d44edc_add_manage_boot_to_nodes.py',
          'e169a4a81d88',
        ),
      ],
      [0, /^Rev: 2970d2d44edc\nParent: 18440d0834af\n[^]*\n {4}Revises: 18440d0834af\n/],
    ],
  };

  for (const [id, [steps, expected, ourAnswer]] of Object.entries(different)) {
    it(`answer differently, as docs/compatibility.md says under ${id}`, async () => {
      const [here, there] = await Promise.all([ours(steps), original(steps)]);

      const [code, stdout] = here.at(-1) ?? [];
      assert.deepEqual(there.at(-1), expected);
      assert.equal(code, ourAnswer[0]);
      assert.match(stdout ?? '', ourAnswer[1]);
    });
  }

  it('each go on with a database that the other has made', async () => {
    const folder = temporaryFolder().path;
    const file = join(folder, 'x.conf');
    writeFileSync(file, `[database]\nconnection = sqlite:///${folder}/x.sqlite\n`);
    const ourProgram = fileURLToPath(new URL('../../bin/ironic-inspector-dbsync.js', import.meta.url));
    const run = (name: string, ...args: readonly string[]) =>
      runStockProgram(
        name,
        [...(name === process.execPath ? [ourProgram] : []), '--config-file', file, ...args],
        folder,
      );

    await run('/usr/bin/ironic-inspector-dbsync', 'upgrade', '--revision', '882b2d84cb1b');
    const upgraded = await run(process.execPath, 'upgrade');
    const again = await run('/usr/bin/ironic-inspector-dbsync', 'upgrade');
    const current = await run('/usr/bin/ironic-inspector-dbsync', 'current');

    assert.match(
      upgraded.stderr,
      /Running upgrade 882b2d84cb1b -> 18440d0834af, Introducing the aborting state\n/,
    );
    assert.deepEqual([upgraded.code, again.code], [0, 0]);
    assert.doesNotMatch(again.stderr, /Running upgrade/);
    assert.equal(current.stdout, 'b55109d5063a (head)\n');
  });
});

describe('ironic-inspector-status and the original', { skip }, () => {
  const { original, ours } = program('ironic-inspector-status');

  it('draw the same table, to which ours adds checks of the database', async () => {
    const folder = temporaryFolder().path;
    writeFileSync(join(folder, 'rules'), '{"a": "b"}');
    writeFileSync(join(folder, 'bad.conf'), `[oslo_policy]\npolicy_file = ${folder}/rules\n`);
    const steps = [['--config-file', join(folder, 'bad.conf'), 'upgrade', 'check']];

    const [[here], [there]] = await Promise.all([ours(steps), original(steps)]);

    assert.ok(here && there);
    assert.deepEqual([here[0], there[0]], [2, 2]);
    assert.ok(here[1].startsWith(there[1]));
    assert.match(here[1].slice(there[1].length), /^\| Check: Database Schema +\|\n/);
  });

  it('print the same JSON, to which ours adds checks of the database', async () => {
    const steps = [['upgrade', 'check', '--json']];

    const [[here], [there]] = await Promise.all([ours(steps), original(steps)]);

    assert.ok(here && there);
    assert.deepEqual([here[0], there[0]], [1, 0], 'there is no database yet');
    assert.ok(here[1].startsWith(there[1].slice(0, -']}\n'.length)));
  });

  it('answer alike to wrong arguments', async () => {
    const steps = [[], ['upgrade'], ['check'], ['upgrade', 'check', 'extra'], ['--json', 'upgrade', 'check']];

    assert.deepEqual(await ours(steps), await original(steps));
  });

  it('answer differently, as docs/compatibility.md says under status-policy-fallback and status-check-word', async () => {
    const folder = temporaryFolder().path;
    mkdirSync(join(folder, 'd'));
    writeFileSync(join(folder, 'd', 'policy.json'), '{"a": "b"}');
    const steps = [
      ['--config-dir', join(folder, 'd'), 'upgrade', 'check'],
      ['upgrade', 'bogus'],
    ];

    const [here, there] = await Promise.all([ours(steps), original(steps)]);

    assert.deepEqual(
      here.map(([code]) => code),
      [2, 2],
    );
    assert.deepEqual(
      there.map(([code]) => code),
      [0, 0],
    );
  });
});
