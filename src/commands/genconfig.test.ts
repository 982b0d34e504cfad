// Shows these lines of docs/compatibility.md: genconfig-form.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { pluginFile } from '../../testing/plugged-service.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { allOptionGroups } from '../configuration.ts';
import { generateConfig, main } from './genconfig.ts';

const committed = new URL('../../docs/reference/ironic-inspector.conf.sample', import.meta.url);

async function run(...argv: string[]) {
  const { path } = temporaryFolder();
  const on = madeUpConsole(path);
  return { exitCode: await generateConfig(argv, on), on, path };
}

function configFile(text: string): string {
  const path = join(temporaryFolder().path, 'service.conf');
  writeFileSync(path, text);
  return path;
}

describe('genconfig', () => {
  it('writes the sample that is committed', async () => {
    const { exitCode, on } = await run();

    assert.equal(exitCode, 0);
    const hint = 'run genconfig --output-file docs/reference/ironic-inspector.conf.sample';
    assert.ok(
      on.said.out === readFileSync(committed, 'utf8'),
      `the committed sample is not up to date: ${hint}`,
    );
  });

  it('writes a file that is read without a complaint, with every default taken out of its comment', async () => {
    const text = (await run()).on.said.out
      .split('\n')
      .filter((line) => /^#\w+ =|^\[/.test(line) && !/=(?: <None>)?$/.test(line))
      .map((line) => line.replace(/^#/, ''))
      .join('\n');

    const { values, warnings } = loadConfiguration(allOptionGroups, { files: [{ path: '/sample', text }] });

    assert.ok(warnings.every((line) => line.includes('has no effect in this version')));
    const defaults = loadConfiguration(allOptionGroups).values;
    // Some choices may be written in any case.
    const shown = (value: unknown) => JSON.stringify(value).toLowerCase();
    const differing = values.filter(
      ({ value, option }, index) =>
        option.sampleDefault === undefined && shown(value) !== shown(defaults[index]?.value),
    );
    assert.deepEqual(
      differing.map(({ section, name, value }) => [section, name, value]),
      [],
    );
  });

  it('writes data for programs', async () => {
    const json = JSON.parse((await run('--format', 'json')).on.said.out);
    const yaml = parse((await run('--format', 'yaml')).on.said.out, { version: '1.1' });

    assert.deepEqual(yaml, json);
    assert.ok(json.options.DEFAULT.opts.some(({ name }: { name: string }) => name === 'listen_port'));
  });

  it('writes to a file', async () => {
    const { exitCode, on, path } = await run('--output-file', 'x.sample');

    assert.equal(exitCode, 0);
    assert.equal(on.said.out, '');
    assert.match(readFileSync(join(path, 'x.sample'), 'utf8'), /^\[DEFAULT\]\n/);
  });

  it('writes the options of the plug-ins that a given configuration names', async () => {
    const plugin = pluginFile(`
      import { integer } from 'ironic-inspector/plugin';
      const rows = integer({ default: 3, min: 1, help: 'Rows of racks.' });
      export const plugin = { name: 'racks', apiVersion: 1, options: { rows } };
    `);
    const { exitCode, on } = await run('--config-file', configFile(`[plugins]\npaths = ${plugin}\n`));
    const failing = await run('--config-file', configFile('[plugins]\npaths = /nowhere.mjs\n'));

    assert.equal(exitCode, 0);
    assert.match(
      on.said.out,
      /\[racks\]\n\n# Rows of racks\. \(integer value\)\n# Minimum value: 1\n#rows = 3\n/,
    );
    assert.equal(failing.exitCode, 1);
    assert.match(failing.on.said.err, /\/nowhere\.mjs: there is no such file or folder/);
  });

  it('exits with 1 for a file that cannot be written, with 2 for wrong arguments', async () => {
    const unwritable = await run('--output-file', 'no/such/folder');
    const wrong = await run('--format', 'xml');

    assert.equal(unwritable.exitCode, 1);
    assert.match(unwritable.on.said.err, /^no\/such\/folder cannot be written: ENOENT/);
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.on.said.err, /Allowed choices are ini, json, yaml/);
  });

  it('runs over this process', async (t) => {
    const write = t.mock.method(process.stdout, 'write', () => true);

    const code = await main(['--help']);

    const printed = write.mock.calls.map(({ arguments: [text] }) => String(text)).join('');
    write.mock.restore();
    assert.equal(code, 0);
    assert.match(printed, /Usage: genconfig/);
  });
});
