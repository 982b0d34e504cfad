// Shows these lines of docs/compatibility.md: filter-keep-on-exit.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { pluggedService, pluginFile } from '../../testing/plugged-service.ts';
import { eventually } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

/** A service whose filter writes what it is told to a file, and fails while another file is there. */
async function filtered(more = '') {
  const folder = temporaryFolder().path;
  const [inForce, broken] = [join(folder, 'in-force'), join(folder, 'broken')];
  const plugin = pluginFile(`
    import { existsSync, rmSync, writeFileSync } from 'node:fs';
    import { InspectorError } from 'ironic-inspector/plugin';
    export const plugin = {
      name: 'files',
      apiVersion: 1,
      pxeFilters: [{
        name: 'files',
        sync({ access }) {
          if (existsSync(${JSON.stringify(broken)})) throw new InspectorError('unavailable', 'broken');
          writeFileSync(${JSON.stringify(inForce)}, JSON.stringify(access()));
        },
        tearDown() {
          rmSync(${JSON.stringify(inForce)}, { force: true });
        },
      }],
    };`);
  const service = await pluggedService(
    `[plugins]\npaths = ${plugin}\n[pxe_filter]\ndriver = files\nsync_period = 1\n${more}`,
  );
  return {
    ...service,
    access: () => JSON.parse(readFileSync(inForce, 'utf8')),
    isInForce: () => existsSync(inForce),
    break: () => writeFileSync(broken, ''),
  };
}

const machine = numberedMachine(1);
const idle = numberedMachine(2);

describe('the PXE filter of a service', () => {
  it('follows an introspection, tells how it does, and is undone at the end', async () => {
    const service = await filtered();
    const { client } = service;
    const before = service.access();
    const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
    const uuid = await client.createNode(fields, [machine.macs[0]]);
    await client.createNode({}, [idle.macs[0]]);
    await eventually(
      async () => service.access(),
      ({ denied }) => denied.length === 2,
    );

    await client.start(uuid);
    const during = service.access();
    const { pxe_filters: told } = await client.do('GET /v1/pxe-filter');
    await client.callBack(machine.data());
    await client.until(uuid, 'finished');
    const after = await eventually(
      async () => service.access(),
      ({ mode }) => mode === 'closed',
    );
    await service.stop();

    assert.deepEqual(before, { mode: 'closed', allowed: [], denied: [] });
    assert.deepEqual(during, { mode: 'deny-list', allowed: [machine.macs[0]], denied: [idle.macs[0]] });
    assert.deepEqual(
      told.map(({ driver, state, mode, allowed, denied }: any) => [driver, state, mode, allowed, denied]),
      [['files', 'ok', 'deny-list', 1, 1]],
    );
    assert.ok(after.denied.includes(machine.macs[0]));
    assert.equal(service.isInForce(), false);
  });

  it('knows a port that a client makes or changes in the registry by the time of the answer', async () => {
    const service = await filtered('[pxe_filter]\nsync_period = 0\n');
    const { client } = service;
    const [made, changed] = machine.macs;
    const uuid = await client.createNode({}, []);

    const port = await client.do('POST /baremetal/v1/ports', { node_uuid: uuid, address: made });
    const afterMaking = service.access();
    await client.do(`PATCH /baremetal/v1/ports/${port.uuid}`, [
      { op: 'replace', path: '/address', value: changed },
    ]);
    const afterChange = service.access();
    await service.stop();

    assert.deepEqual(afterMaking.denied, [made]);
    assert.ok(afterChange.denied.includes(changed));
  });

  it('keeps what is in force when it fails, and fails the introspection that needs it', async () => {
    const service = await filtered('keep_on_exit = true');
    const { client } = service;
    const uuid = await client.createNode({}, [machine.macs[0]]);
    service.break();

    await client.do(`POST /v1/introspection/${uuid}`);
    const { error } = await client.until(uuid, 'error');
    const { pxe_filters: told } = await client.do('GET /v1/pxe-filter');
    await service.stop();

    assert.match(error, /broken/);
    assert.equal(told[0].state, 'degraded');
    assert.match(told[0].error, /what was in force before stays: .*broken/);
    assert.equal(service.access().mode, 'closed');
  });

  it('that cannot work here keeps the service from starting', async () => {
    const plugin = pluginFile(`
      import { InspectorError } from 'ironic-inspector/plugin';
      export const plugin = {
        name: 'none',
        apiVersion: 1,
        pxeFilters: [{ name: 'none', init() { throw new InspectorError('invalid', 'no firewall here'); }, sync() {} }],
      };`);

    await assert.rejects(pluggedService(`[plugins]\npaths = ${plugin}\n[pxe_filter]\ndriver = none`), {
      name: 'InspectorError',
      message: /no firewall here/,
    });
  });
});
