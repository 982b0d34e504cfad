// Shows these lines of docs/compatibility.md: plugins-are-modules, plugins-checked-at-start.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exampleSource, loadingOf, pluginFile } from '../../testing/plugged-service.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type Loading, loadPlugins } from './load-plugins.ts';

const empty = "export const plugin = { name: 'empty', apiVersion: 1 };";

/** An npm package in `node_modules` of a new folder, which it gives. */
function installed(
  name: string,
  manifest: object | string,
  files: Readonly<Record<string, string>> = {},
): string {
  const folder = temporaryFolder().path;
  const own = join(folder, 'node_modules', name);
  mkdirSync(own, { recursive: true });
  const text =
    typeof manifest === 'string' ? manifest : JSON.stringify({ name, type: 'module', ...manifest });
  for (const [path, content] of Object.entries({ 'package.json': text, ...files })) {
    writeFileSync(join(own, path), content, { mode: 0o644 });
  }
  return folder;
}

async function problemsOf(changes: Partial<Loading>): Promise<string[]> {
  try {
    await loadPlugins(loadingOf(changes));
    return [];
  } catch (error: any) {
    assert.equal(error.kind, 'invalid');
    const [title, ...problems] = error.message.split('\n');
    assert.equal(title, 'The plug-ins cannot be used:');
    return problems;
  }
}

describe('loadPlugins', () => {
  it('loads nothing that is not named', async () => {
    assert.deepEqual(await loadPlugins(loadingOf()), []);
  });

  it('loads a file in TypeScript, with what it imports of the service and beside it', async () => {
    const path = exampleSource();

    const [loaded, ...others] = await loadPlugins(loadingOf({ paths: [path] }));

    assert.deepEqual(others, []);
    assert.equal(loaded?.plugin.name, 'asset');
    assert.deepEqual(loaded?.source, { entry: path, from: path, version: null });
    assert.equal(loaded?.optionGroup.group, 'asset');
    assert.deepEqual(Object.keys(loaded?.optionGroup.options ?? {}), [
      'prefix',
      'driver',
      'vendors',
      'folder',
    ]);
  });

  it('loads a package from the first folder that has it, by its entry', async () => {
    const manifest = { version: '2.1.0', ironicInspector: { apiVersion: 1, entry: './main.js' } };
    const folder = installed('@acme/racks', manifest, { 'main.js': empty });
    const below = join(folder, 'deep', 'down');

    const searchedFrom = [temporaryFolder().path, below];
    const [loaded] = await loadPlugins(loadingOf({ packages: ['@acme/racks'], searchedFrom }));

    const entry = join(folder, 'node_modules', '@acme', 'racks', 'main.js');
    assert.deepEqual(loaded?.source, { entry, from: 'package @acme/racks', version: '2.1.0' });
  });

  it('loads a package by its folder, and CommonJS', async () => {
    const manifest = { type: 'commonjs', ironicInspector: { apiVersion: '1.0', entry: 'main.js' } };
    const folder = installed('racks', manifest, {
      'main.js': "module.exports = ({ plugin: { name: 'common', apiVersion: 1 } });",
    });

    const [loaded] = await loadPlugins(loadingOf({ paths: [join(folder, 'node_modules', 'racks')] }));

    assert.equal(loaded?.plugin.name, 'common');
  });

  it('loads the modules of a folder, or those that fit a pattern, in the order of their names', async () => {
    const folder = temporaryFolder().path;
    for (const name of ['b-one.mjs', 'a-one.mjs', 'a-two.js', 'notes.txt', 'a-one.d.ts']) {
      const text = `export const plugin = { name: '${name}', apiVersion: 1 };`;
      writeFileSync(join(folder, name), text, { mode: 0o644 });
    }
    const namesAt = async (path: string) =>
      (await loadPlugins(loadingOf({ paths: [path] }))).map(({ plugin }) => plugin.name);

    assert.deepEqual(await namesAt(folder), ['a-one.mjs', 'a-two.js', 'b-one.mjs']);
    assert.deepEqual(await namesAt(join(folder, '*-one.mjs')), ['a-one.mjs', 'b-one.mjs']);
    assert.deepEqual(await namesAt(join(folder, 'a*o*')), ['a-one.mjs', 'a-two.js']);
    assert.deepEqual(await namesAt(join(folder, 'x*x')), []);
  });

  it('tells all problems at once, each with plug-in or source and remedy (plugins-checked-at-start)', async () => {
    const wrong = pluginFile(`export const plugin = {
      name: 'wrong', apiVersion: 1, options: { Bad: 1, good: {} }, init: 5,
      processingHooks: [{ name: 'a b' }, { name: 'h', beforeUpdate: 1, dependencies: 'x' }, { name: 'h' }, null],
      nodeNotFoundHooks: {}, ruleConditions: [{ name: 'c' }],
      ruleActions: [{ name: 'd', apply() {}, parameters: { required: [1] }, formatted: 1 }, { name: 'e', apply() {}, parameters: 1 }],
      dataStores: [{ name: 's', save() {} }], pxeFilters: [{ name: 'noop', sync() {} }],
    };`);
    const throwing = pluginFile("throw new Error('at load');");
    const nothing = pluginFile('export const x = 1;');
    const importing = pluginFile("import 'no-such-package';");

    const problems = await problemsOf({
      paths: [
        wrong,
        throwing,
        nothing,
        importing,
        'relative.mjs',
        '/nowhere.mjs',
        '/nowhere/*.mjs',
        '/etc/passwd',
      ],
      packages: ['../x', 'not-there'],
      searchedFrom: ['/srv'],
    });

    const of = `plug-in wrong (${wrong})`;
    assert.deepEqual(problems, [
      '[plugins]packages: ../x: expected the name of an npm package',
      '[plugins]packages: not-there: it is not installed in node_modules of /srv, nor above: install it there, or name its folder in [plugins]paths',
      '[plugins]paths: relative.mjs: expected an absolute path',
      '[plugins]paths: /nowhere.mjs: there is no such file or folder',
      '[plugins]paths: /nowhere/*.mjs: there is no folder /nowhere',
      '[plugins]paths: /etc/passwd: expected a file that ends in .mjs, .js, .mts, .ts',
      `${of}: option Bad: expected a name of lower-case letters, digits and _`,
      `${of}: option good: expected one that text(), integer(), bool() or their kind made`,
      `${of}: the plug-in: expected a function init`,
      `${of}: processing hook 1: expected a name of letters, digits and _ . - only, beginning with a letter or digit, got "a b"`,
      `${of}: processing hook h: expected a function beforeUpdate`,
      `${of}: processing hook h: dependencies: expected a list of texts`,
      `${of}: processing hook h: the name is there twice`,
      `${of}: processing hook 4: expected an object`,
      `${of}: expected nodeNotFoundHooks to be a list`,
      `${of}: rule condition c: expected a function check`,
      `${of}: rule action d: formatted: expected a list of texts`,
      `${of}: rule action d: parameters.required: expected a list of texts`,
      `${of}: rule action e: expected parameters to be an object`,
      `${of}: data store s: expected a function get`,
      `${throwing}: it cannot be loaded: at load. Check the file and what it imports`,
      `${nothing}: the module exports no object "plugin": write export const plugin = definePlugin({ ... })`,
      `${importing}: it cannot be loaded: Cannot find package 'no-such-package' imported from ${importing}. Check the file and what it imports`,
    ]);
  });

  it('refuses packages that are no plug-ins before any of their code has run', async () => {
    const run = (manifest: object | string) =>
      problemsOf({
        packages: ['racks'],
        searchedFrom: [installed('racks', manifest, { 'a.js': 'throw 1;' })],
      });
    const version = (apiVersion: unknown) => run({ ironicInspector: { apiVersion, entry: 'a.js' } });

    assert.match((await run('{'))[0] ?? '', /package\.json cannot be read as JSON$/);
    assert.match((await run('[]'))[0] ?? '', /package\.json is no JSON object$/);
    assert.match((await run({}))[0] ?? '', /has no key ironicInspector such as .*: it is no plug-in$/);
    assert.match((await version(2))[0] ?? '', /version 2\.0 .* this service has 1\.0: update the service$/);
    assert.match(
      (await version('1.3'))[0] ?? '',
      /version 1\.3 .* this service has 1\.0: update the service$/,
    );
    assert.match((await version(0))[0] ?? '', /version 0\.0 .* this service has 1\.0: update the plug-in$/);
    assert.match((await version('new'))[0] ?? '', /expected an apiVersion such as 1 or "1\.0", got "new"$/);
    const entry = (path: unknown) => run({ ironicInspector: { apiVersion: 1, entry: path } });
    assert.match((await entry('../../x.js'))[0] ?? '', /to be a file of the package$/);
    assert.match(
      (await entry('gone.js'))[0] ?? '',
      /gone\.js is not there: build the package, or install it anew$/,
    );
  });

  it('refuses names that two have, or that belong to the service', async () => {
    const plugin = (name: string, rest: string) =>
      pluginFile(`export const plugin = { name: '${name}', apiVersion: 1, ${rest} };`);
    const first = plugin('first', "ruleActions: [{ name: 'same', apply() {} }]");
    const second = plugin(
      'second',
      "ruleActions: [{ name: 'same', apply() {} }], dataStores: [{ name: 'swift', save() {}, get() {} }]",
    );
    const again = plugin('first', '');
    const taken = plugin('processing', '');

    const problems = await problemsOf({ paths: [first, second, again, taken] });

    assert.deepEqual(problems, [
      `plug-in first (${again}): ${first} has the same name. Name only one of them in [plugins]`,
      `plug-in processing (${taken}): the section [processing] belongs to the service. The plug-in needs another name`,
      `plug-in second (${second}): the rule action same is brought by plug-in first, too. Name only one of them in [plugins]`,
      `plug-in second (${second}): the data store swift is one of the service itself. It needs another name`,
    ]);
  });

  it('refuses files and folders that others may write, with what a plug-in imports', async () => {
    const file = pluginFile(empty);
    chmodSync(file, 0o666);
    const inFolder = pluginFile(empty);
    const folder = join(inFolder, '..');
    chmodSync(folder, 0o770);
    const importing = pluginFile("import './other.mjs'; export const plugin = { name: 'x', apiVersion: 1 };");
    const other = join(importing, '..', 'other.mjs');
    writeFileSync(other, "throw new Error('this has run');");
    chmodSync(other, 0o664);

    const problems = await problemsOf({ paths: [file, inFolder, importing] });

    const why = (path: string, mode: number) =>
      `${path} may be written by others (mode ${mode}), who could change what the service runs: chmod go-w`;
    assert.deepEqual(problems, [
      `${file}: ${why(file, 666)}`,
      `${inFolder}: ${why(folder, 770)}`,
      `${importing}: ${why(other, 664)}`,
    ]);
  });

  it('refuses files of another user', async () => {
    const file = pluginFile(empty);
    const own = process.getuid?.() ?? 0;
    // Root's files are trusted by everybody, and only root can give its files away.
    if (own === 0) chownSync(file, 12_345, 12_345);
    const userId = own === 0 ? 0 : own + 1;

    const [problem = ''] = await problemsOf({ paths: [file], userId });

    assert.match(
      problem,
      /belongs to the user \d+, who could .*: chown it to root or to the service's user$/,
    );
  });

  it('checks nothing of that where there are no users', async () => {
    const file = pluginFile(empty);
    chmodSync(file, 0o666);

    assert.equal((await loadPlugins(loadingOf({ paths: [file], userId: undefined }))).length, 1);
  });

  it('does not wait for ever for a module', async () => {
    const file = pluginFile('await new Promise((resolve) => setTimeout(resolve, 500)); ');

    const problems = await problemsOf({ paths: [file], timeLimit: 0.05 });

    assert.deepEqual(problems, [
      `${file}: loading took longer than 0.05 s. Mend the plug-in, or raise [plugins]time_limit`,
    ]);
  });

  it('takes a plug-in for an earlier minor version, and members that it does not know (plugins-are-modules)', async () => {
    const file = pluginFile(`export const plugin = {
      name: 'old', apiVersion: '1.0', somethingElse: [1],
      processingHooks: [{ name: 'bare', colour: 'blue' }],
    };`);

    const [loaded] = await loadPlugins(loadingOf({ paths: [file], api: { major: 1, minor: 1 } }));

    assert.equal(loaded?.plugin.processingHooks?.[0]?.name, 'bare');
  });
});
