import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';

/** A package with this package's launchers and the given files, and a function that calls one of its commands. */
function madeUpPackage(t: TestContext, files: Readonly<Record<string, string>>, engines = '>=22') {
  const folder = mkdtempSync(join(tmpdir(), 'launch-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(join(import.meta.dirname, '..', '..', 'bin'), join(folder, 'bin'), { recursive: true });
  const manifest = { type: 'module', engines: { node: engines } };
  for (const [path, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const program = join(folder, 'bin', 'ironic-inspector.js');
  const call = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  const withEnvironment = (environment: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [program], { encoding: 'utf8', env: { ...process.env, ...environment } });
  const through = (reader: string) =>
    spawnSync('sh', ['-c', `"${process.execPath}" "${program}" | ${reader}`], { encoding: 'utf8' });
  return Object.assign(call, { folder, through, withEnvironment });
}

describe('the launcher of a command', () => {
  it('runs the source in a checkout, with the arguments, and exits with what main returns', (t) => {
    const call = madeUpPackage(t, {
      'src/commands/ironic-inspector.ts':
        'export async function main(args: string[]): Promise<number> { console.log(args.join()); return 3; }',
      'dist/commands/ironic-inspector.js': 'export const main = () => 9;',
    });

    const { status, stdout, stderr } = call('--config-file', 'x');

    assert.deepEqual({ status, stdout, stderr }, { status: 3, stdout: '--config-file,x\n', stderr: '' });
  });

  it('runs the compiled form in an installed package', (t) => {
    const call = madeUpPackage(t, { 'dist/commands/ironic-inspector.js': 'export const main = () => 4;' });

    assert.equal(call().status, 4);
  });

  it('keeps what was compiled of an installed package in the folder of its service, and nowhere else', (t) => {
    const compiled = 'export const main = () => 0;';
    const call = madeUpPackage(t, { 'dist/commands/ironic-inspector.js': compiled });
    const cache = join(call.folder, 'cache');
    const before = readdirSync(call.folder);

    call.withEnvironment({ CACHE_DIRECTORY: undefined });
    const without = readdirSync(call.folder);
    const { status } = call.withEnvironment({ CACHE_DIRECTORY: `${cache}:/var/cache/second` });

    assert.deepEqual(without, before);
    assert.equal(status, 0);
    assert.deepEqual(readdirSync(cache), ['compiled']);
    assert.notDeepEqual(readdirSync(join(cache, 'compiled')), []);
  });

  it('says what to do where Node is too old', (t) => {
    const call = madeUpPackage(t, {}, '>=99');

    const { status, stdout, stderr } = call();

    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^ironic-inspector needs Node >=99, but this is Node v.*\n$/);
  });

  it('says what to do where npm ci has not been run', (t) => {
    const call = madeUpPackage(t, {
      'src/commands/ironic-inspector.ts': "import 'no-such-package'; export const main = () => 0;",
    });

    const { status, stderr } = call();

    assert.equal(status, 1);
    assert.match(
      stderr,
      /^ironic-inspector: Cannot find package 'no-such-package'.* Run "npm ci" in the checkout/,
    );
  });

  it('lets a fault in the command show as it is', (t) => {
    const call = madeUpPackage(t, { 'src/commands/ironic-inspector.ts': "throw new TypeError('a bug');" });

    const { status, stderr } = call();

    assert.equal(status, 1);
    assert.match(stderr, /TypeError: a bug/);
  });

  it('silences the warnings of node:sqlite and type stripping, and no other', (t) => {
    const call = madeUpPackage(t, {
      'src/commands/ironic-inspector.ts': `
        import { DatabaseSync } from 'node:sqlite';
        export function main(): number {
          process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
          process.emitWarning('Type Stripping is an experimental feature', 'ExperimentalWarning');
          process.emitWarning('VM is an experimental feature', 'ExperimentalWarning');
          process.emitWarning('SQLite is an experimental feature', { type: 'OddWarning' });
          return new DatabaseSync(':memory:') === undefined ? 1 : 0;
        }`,
    });

    const { stderr } = call();

    const warnings = stderr.split('\n').filter((line) => line.includes('Warning: '));
    assert.deepEqual(
      warnings.map((line) => line.replace(/^.*?\) /, '')),
      ['ExperimentalWarning: VM is an experimental feature', 'OddWarning: SQLite is an experimental feature'],
    );
  });

  it('does not mind a reader that leaves early', (t) => {
    const call = madeUpPackage(t, {
      'src/commands/ironic-inspector.ts': `
        export async function main(): Promise<number> {
          for (let i = 0; i < 20; i++) {
            process.stdout.write('line\\n'.repeat(10_000));
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          return 0;
        }`,
    });

    const { stdout, stderr } = call.through('head -1');

    assert.deepEqual({ stdout, stderr }, { stdout: 'line\n', stderr: '' });
  });
});
