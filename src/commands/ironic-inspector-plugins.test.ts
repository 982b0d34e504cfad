import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { exampleSource, pluginFile } from '../../testing/plugged-service.ts';
import { serviceConfiguration } from '../../testing/service-configuration.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { main as service } from './ironic-inspector.ts';
import { main, runPlugins } from './ironic-inspector-plugins.ts';

function consoleWith(configuration: string) {
  const { path } = temporaryFolder();
  const file = join(path, 'service.conf');
  writeFileSync(file, `${serviceConfiguration(join(path, 'service.sqlite'))}${configuration}`);
  return { on: madeUpConsole(path), file };
}

const example = () => `
[plugins]
paths = ${exampleSource()}
[processing]
processing_hooks = validate_interfaces, asset_tag
node_not_found_hook = asset:asset_enroll
[pxe_filter]
driver = noop
`;

describe('ironic-inspector-plugins', () => {
  it('lists what there is and what is enabled', async () => {
    const { on, file } = consoleWith(example());

    const code = await runPlugins(['--config-file', file, 'list', '--format', 'json'], on);

    assert.equal(code, 0);
    const { plugins } = JSON.parse(on.said.out);
    const enabled = plugins.filter((one: any) => one.enabled).map(({ kind, name }: any) => `${kind} ${name}`);
    assert.deepEqual(
      enabled.filter((one: string) => !one.startsWith('rule')),
      [
        'processing hook validate_interfaces',
        'processing hook asset_tag',
        'node-not-found hook asset_enroll',
        'data store database',
        'PXE filter noop',
      ],
    );
    const own = plugins.filter((one: any) => one.plugin === 'asset');
    assert.deepEqual(
      own.map(({ name }: any) => name),
      ['asset_tag', 'asset_enroll', 'starts-with', 'set-owner', 'asset_files', 'asset_allow'],
    );
    assert.deepEqual([own[0].version, own[0].enabled, own[4].enabled], [null, true, false]);
    assert.match(own[0].source, /plugin\.ts$/);
  });

  it('writes a table for people', async () => {
    const { on, file } = consoleWith('');

    const code = await runPlugins(['--config-file', file, 'list'], on);

    assert.equal(code, 0);
    assert.match(
      on.said.out,
      /^\+-+\+[-+]+\n\| Kind +\| Name +\| Plug-in +\| Source +\| Version +\| Enabled \|\n/,
    );
    assert.match(
      on.said.out,
      /\| processing hook +\| scheduler +\| built-in +\| built-in +\| 0\.1\.0 +\| yes +\|/,
    );
  });

  it('tells what is wrong with a plug-in, and with its arguments', async () => {
    const { on, file } = consoleWith('[plugins]\npaths = /nowhere.mjs\n');

    const faulty = await runPlugins(['--config-file', file, 'list'], on);
    const wrong = await runPlugins([], on);

    assert.deepEqual([faulty, wrong], [1, 2]);
    assert.match(
      on.said.err,
      /^The plug-ins cannot be used:\n\[plugins\]paths: \/nowhere\.mjs: there is no such file/,
    );
  });

  it('runs over this process', async (t) => {
    const write = t.mock.method(process.stdout, 'write', () => true);

    const code = await main(['--help']);

    write.mock.restore();
    assert.equal(code, 0);
  });
});

describe('the service with plug-ins', () => {
  it('checks them and their options with --check-config', async () => {
    const valid = consoleWith(example());
    const wrongOption = consoleWith(`${example()}[asset]\nprefixes = x\n`);
    const broken = consoleWith(`[plugins]\npaths = ${pluginFile("throw new Error('at load')")}\n`);
    const unordered = consoleWith(example().replace('validate_interfaces, asset_tag', 'asset_tag'));
    const check = ({ on, file }: typeof valid) => service(['--config-file', file, '--check-config'], on);

    const codes = [await check(valid), await check(wrongOption), await check(broken), await check(unordered)];

    assert.deepEqual(codes, [0, 0, 1, 1], valid.on.said.err);
    assert.equal(valid.on.said.err, '');
    assert.match(wrongOption.on.said.err, /unknown option 'prefixes' of \[asset\].*did you mean prefix/);
    assert.match(
      unordered.on.said.err,
      /Hook asset_tag requires the following hooks to be enabled before it/,
    );
    assert.match(broken.on.said.err, /it cannot be loaded: at load/);
  });
});
