// Shows these lines of docs/compatibility.md: genconfig-form.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { allOptionGroups } from '../configuration.ts';
import { generateConfig, main } from './genconfig.ts';

const committed = new URL('../../docs/reference/ironic-inspector.conf.sample', import.meta.url);

function run(...argv: string[]) {
  const { path } = temporaryFolder();
  const on = madeUpConsole(path);
  return { exitCode: generateConfig(argv, on), on, path };
}

describe('genconfig', () => {
  it('writes the sample that is committed', () => {
    const { exitCode, on } = run();

    assert.equal(exitCode, 0);
    const hint = 'run genconfig --output-file docs/reference/ironic-inspector.conf.sample';
    assert.ok(
      on.said.out === readFileSync(committed, 'utf8'),
      `the committed sample is not up to date: ${hint}`,
    );
  });

  it('writes a file that is read without a complaint, with every default taken out of its comment', () => {
    const text = run()
      .on.said.out.split('\n')
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

  it('writes data for programs', () => {
    const json = JSON.parse(run('--format', 'json').on.said.out);
    const yaml = parse(run('--format', 'yaml').on.said.out, { version: '1.1' });

    assert.deepEqual(yaml, json);
    assert.ok(json.options.DEFAULT.opts.some(({ name }: { name: string }) => name === 'listen_port'));
  });

  it('writes to a file', () => {
    const { exitCode, on, path } = run('--output-file', 'x.sample');

    assert.equal(exitCode, 0);
    assert.equal(on.said.out, '');
    assert.match(readFileSync(join(path, 'x.sample'), 'utf8'), /^\[DEFAULT\]\n/);
  });

  it('exits with 1 for a file that cannot be written, with 2 for wrong arguments', () => {
    const unwritable = run('--output-file', 'no/such/folder');
    const wrong = run('--format', 'xml');

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
