import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpConsole } from '../../../testing/made-up-console.ts';
import { parseDbsyncArguments } from './dbsync-arguments.ts';

function parse(...argv: readonly string[]) {
  const on = madeUpConsole('/nowhere');
  return { result: parseDbsyncArguments(argv, on), said: on.said };
}

describe('arguments of ironic-inspector-dbsync', () => {
  for (const [argv, task] of [
    [['upgrade'], { name: 'upgrade', revision: 'head' }],
    [['upgrade', '--revision'], { name: 'upgrade', revision: 'head' }],
    [['upgrade', '--revision='], { name: 'upgrade', revision: 'head' }],
    [['upgrade', '--revision', 'd588'], { name: 'upgrade', revision: 'd588' }],
    [['upgrade', '--revision=d588'], { name: 'upgrade', revision: 'd588' }],
    [['upgrade', '--revision', '-1'], { name: 'upgrade', revision: '-1' }],
    [['stamp', '--revision', 'base'], { name: 'stamp', revision: 'base' }],
    [['stamp', '--revision', 'd588', '--revision'], { name: 'stamp', revision: 'head' }],
    [['show', '--revision'], { name: 'show', revision: 'head' }],
    [['edit', '--revision', 'current'], { name: 'edit', revision: 'current' }],
    [['current'], { name: 'current' }],
    [['history'], { name: 'history' }],
    [['heads'], { name: 'heads' }],
    [['branches'], { name: 'branches' }],
    [['create_schema'], { name: 'create_schema' }],
    [['revision'], { name: 'revision', message: undefined, autogenerate: false }],
    [
      ['revision', '-m', 'more room', '--autogenerate'],
      { name: 'revision', message: 'more room', autogenerate: true },
    ],
    [['revision', '--message=x'], { name: 'revision', message: 'x', autogenerate: false }],
  ] as const) {
    it(`are understood: ${argv.join(' ')}`, () => {
      assert.deepEqual(parse(...argv).result, { configuration: [], settings: [], task });
    });
  }

  it('have the options of the service before the subcommand', () => {
    const { result } = parse('--config-file', 'a', '--config-dir=b', '-d', '--log-file', 'c', 'current');

    assert.deepEqual(result, {
      configuration: [{ file: 'a' }, { directory: 'b' }],
      settings: [
        { name: 'debug', value: 'true', argument: '--debug' },
        { name: 'log_file', value: 'c', argument: '--log-file' },
      ],
      task: { name: 'current' },
    });
  });

  for (const [why, argv, expected] of [
    ['there is no subcommand', [], /^Usage: ironic-inspector-dbsync \[options\] <command>/],
    ['the subcommand is unknown', ['bogus'], /unknown command 'bogus'/],
    ['downgrade is asked for', ['downgrade'], /unknown command 'downgrade'/],
    ['help is taken for a subcommand', ['help'], /unknown command 'help'/],
    ['stamp lacks --revision', ['stamp'], /required option '--revision \[revision\]' not specified/],
    ['show lacks --revision', ['show'], /required option '--revision/],
    ['edit lacks --revision', ['edit'], /required option '--revision/],
    ['there is an argument too many', ['upgrade', 'extra'], /too many arguments/],
    ['an option is unknown', ['upgrade', '--sql'], /unknown option '--sql'/],
    ['the version is asked for', ['--version'], /unknown option '--version'/],
    [
      'an option of the service comes late',
      ['current', '--config-file', 'a'],
      /unknown option '--config-file'/,
    ],
    ['-m has no text', ['revision', '-m'], /argument missing/],
  ] as const) {
    it(`are wrong when ${why}`, () => {
      const { result, said } = parse(...argv);

      assert.deepEqual(result, { exitCode: 2 });
      assert.match(said.err, expected);
      assert.equal(said.out, '');
    });
  }

  for (const argv of [['--help'], ['-h'], ['upgrade', '--help'], ['-h', 'upgrade'], ['revision', '-h']]) {
    it(`show help for ${argv.join(' ')}`, () => {
      const { result, said } = parse(...argv);

      assert.deepEqual(result, { exitCode: 0 });
      assert.match(said.out, /^Usage: ironic-inspector-dbsync /);
      assert.equal(said.err, '');
    });
  }

  it('are explained in the help, with exit codes', () => {
    const { said } = parse('--help');

    for (const name of ['upgrade', 'stamp', 'show', 'edit', 'current', 'history', 'heads', 'branches']) {
      assert.match(said.out, new RegExp(`^  ${name} `, 'm'));
    }
    assert.match(said.out, /^ {2}create_schema .*\n/m);
    assert.match(said.out, /Exit codes: 0 done, 1 .*, 2 wrong arguments, 255 FAILED: <reason>/);
    assert.match(said.out, /ironic-inspector\.conf and ironic-inspector-dbsync\.conf/);
  });
});
