import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { loopbackCertificate } from '../../../../testing/loopback-certificate.ts';
import { readAuthorities } from './read-authorities.ts';

const unreadable = {
  kind: 'invalid',
  message:
    'driver_info/redfish_verify_ca: the file cannot be read: expected a PEM file of at most 1 MiB that this service may read',
};

async function pathIn(t: TestContext, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

describe('readAuthorities', () => {
  it('reads a PEM file', async (t) => {
    const path = await pathIn(t, 'ca.pem');
    await writeFile(path, loopbackCertificate.cert);

    assert.equal((await readAuthorities(path)).toString(), loopbackCertificate.cert);
  });

  it('reads a file of just 1 MiB', async (t) => {
    const path = await pathIn(t, 'ca.pem');
    await writeFile(path, loopbackCertificate.cert.padEnd(1024 * 1024));

    assert.equal((await readAuthorities(path)).length, 1024 * 1024);
  });

  it('refuses a larger file', async (t) => {
    const path = await pathIn(t, 'ca.pem');
    await writeFile(path, loopbackCertificate.cert.padEnd(1024 * 1024 + 1));

    await assert.rejects(readAuthorities(path), unreadable);
  });

  it('does not wait for somebody to write into a pipe', { timeout: 5000 }, async (t) => {
    const path = await pathIn(t, 'pipe');
    execFileSync('/usr/bin/env', ['mkfifo', path]);

    await assert.rejects(readAuthorities(path), unreadable);
  });

  it('says the same of a device, a folder, another file and none', { timeout: 5000 }, async (t) => {
    const path = await pathIn(t, 'folder');
    const text = await pathIn(t, 'text');
    await mkdir(path);
    await writeFile(text, 'root:x:0:0');

    for (const each of ['/dev/zero', '/dev/null', path, text, '/no/such/file.pem']) {
      await assert.rejects(readAuthorities(each), unreadable);
    }
  });
});
