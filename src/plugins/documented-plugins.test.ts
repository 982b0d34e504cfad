import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { pluggedService, pluginFile } from '../../testing/plugged-service.ts';
import { pluginApiVersion } from '../plugin-api/api-version.ts';
import { pluginsOptions } from './plugins-options.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/plugins.md', root), 'utf8');

describe('the page about plug-ins', () => {
  it('shows the example as it is', () => {
    const shown = [...page.matchAll(/^`(examples\/\S+)`:\n\n```ts\n(.*?)^```$/gms)];

    assert.equal(shown.length, 8);
    for (const [, path = '', code] of shown)
      assert.equal(code, readFileSync(new URL(path, root), 'utf8'), path);
  });

  it('names every option, and the version of the interface', () => {
    for (const name of Object.keys(pluginsOptions.options)) assert.ok(page.includes(`| \`${name}\` |`), name);
    const { major, minor } = pluginApiVersion;
    assert.ok(page.includes(`The interface has version ${major}.${minor}.`));
  });

  it('has a shortest plug-in that works', async () => {
    const [, code = ''] = /^```js\n(.*?)^```$/ms.exec(page) ?? [];
    const [, ini = ''] = /^```ini\n(.*?)^```$/ms.exec(page) ?? [];
    const path = pluginFile(code);
    const service = await pluggedService(ini.replace('/etc/ironic-inspector/plugins', path));
    try {
      const { client } = service;
      const machine = numberedMachine(1);
      const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
      const uuid = await client.createNode(fields, [machine.macs[0]]);
      await client.start(uuid);

      await client.callBack(machine.data());
      await client.until(uuid, 'finished');

      assert.equal((await client.node(uuid)).extra.rack, 'R17');
    } finally {
      await service.stop();
    }
  });
});
