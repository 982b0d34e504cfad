import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { serveBootFile } from './boot-file-server.ts';
import { lldpSwitch } from './lldp-switch.ts';
import { bootFiles, bootScript, dnsmasqSettings } from './network-boot.ts';

const boot = {
  folder: '/srv/boot',
  ramdisk: { kernel: '/k', initrd: '/i', bytes: 2 },
  fetchUrl: 'tftp://10.77.0.1',
  callbackUrl: 'http://10.77.0.1:5050/v1/continue',
};

describe('bootScript', () => {
  it('fetches kernel and initrd, and tells the ramdisk where to post and what it booted from', () => {
    const lines = bootScript({ ...boot, parameters: ['lab-power-off=1'] }).split('\n');

    assert.equal(lines[0], '#!ipxe');
    assert.match(lines[1] ?? '', /^kernel tftp:\/\/10\.77\.0\.1\/vmlinuz initrd=initrd /);
    const words = lines[1]?.split(' ') ?? [];
    assert.ok(words.includes('ipa-inspection-callback-url=http://10.77.0.1:5050/v1/continue'));
    assert.ok(words.includes('BOOTIF=01-${netX/mac:hexhyp}'));
    assert.ok(words.includes('lab-power-off=1'));
    assert.deepEqual(lines.slice(2), ['initrd tftp://10.77.0.1/initrd', 'boot', '']);
  });
});

describe('dnsmasqSettings', () => {
  it('serves every kind of firmware', () => {
    const settings = dnsmasqSettings({ device: 'br0', range: ['10.77.0.10', '10.77.0.99'], boot });

    assert.ok(settings.includes('interface=br0'));
    assert.ok(settings.includes('dhcp-range=10.77.0.10,10.77.0.99,1h'));
    assert.deepEqual(
      settings.filter((line) => line.startsWith('dhcp-boot=')),
      [
        'dhcp-boot=tag:ipxe,tftp://10.77.0.1/boot.ipxe',
        'dhcp-boot=tag:bios,tag:!ipxe,undionly.kpxe',
        'dhcp-boot=tag:uefi,tag:!ipxe,snponly.efi',
        'dhcp-boot=tag:uefi-http,tag:!ipxe,tftp://10.77.0.1/snponly.efi',
      ],
    );
  });
});

describe('serveBootFile', () => {
  it('serves the boot files, and leaves the rest to the caller', async (t) => {
    const { path: folder } = temporaryFolder();
    mkdirSync(join(folder, 'deeper'));
    for (const name of Object.values(bootFiles)) writeFileSync(join(folder, name), name);
    const server = createServer((request, response) => {
      if (!serveBootFile(folder, request, response)) response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = (path: string, method = 'GET') =>
      fetch(`http://127.0.0.1:${port}/${path}`, { method, headers: { connection: 'close' } });

    assert.equal(await (await ask('vmlinuz')).text(), 'vmlinuz');
    const head = await ask('snponly.efi', 'HEAD');
    assert.equal(head.headers.get('content-length'), String('snponly.efi'.length));
    assert.equal((await ask('..%2fsecret')).status, 404);
    assert.equal((await ask('vmlinuz', 'POST')).status, 404);
  });
});

describe('lldpSwitch', () => {
  it('speaks on all devices from one process', () => {
    const { path: folder } = temporaryFolder();

    const command = lldpSwitch({ folder, name: 'switch', devices: ['tap1', 'tap2'] });

    assert.equal(command[command.indexOf('-I') + 1], 'tap1,tap2');
  });
});
