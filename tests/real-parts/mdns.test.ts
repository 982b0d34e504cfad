import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { skipWithout } from '../../testing/debian-packages.ts';

const program = fileURLToPath(new URL('./mdns-in-a-namespace.ts', import.meta.url));

/** Nothing gets out of the namespace, and nobody else's multicast DNS gets in. */
const namespace = ['--map-root-user', '--net'];

const links = [
  'ip link set lo up',
  'ip link add v0 type veth peer name v1',
  'ip addr add 192.0.2.50/24 dev v0',
  'ip -6 addr add fd00::50/64 dev v0 nodad',
  'ip link set v1 up',
  'ip link set v0 up',
].join(' && ');

function withoutNamespace(): string | false {
  const { status, stderr } = spawnSync('unshare', [...namespace, 'sh', '-c', links]);
  return status === 0 ? false : `needs network namespaces and veth: ${String(stderr).trim()}`;
}

const skip =
  skipWithout(['python3-ironic-lib', 'python3-zeroconf', 'iproute2', 'util-linux']) || withoutNamespace();

describe("multicast DNS with the ramdisk's own lookup", { skip }, () => {
  it('is found, gone after the stop, and shares the name with nobody who says otherwise', async () => {
    const script = `${links} && exec "$0" "$1"`;
    const run = promisify(execFile)(
      'unshare',
      [...namespace, 'sh', '-c', script, process.execPath, program],
      { timeout: 400_000 },
    );

    const found: any = JSON.parse((await run).stdout);

    assert.deepEqual(found.running, {
      url: 'http://192.0.2.50:5050/inspector',
      params: { ipa_debug: '1', note: 'a, b' },
      found: true,
      server: 'baremetal-introspection._openstack._tcp.local.',
      port: 5050,
      addresses: ['192.0.2.50'],
      ttl: [120, 4500],
      kinds: ['_openstack._tcp.local.'],
    });
    assert.match(found.stopped.error, /^ServiceLookupFailure: /);
    assert.match(found.rival, /mDNS: could not announce .* after 2 tries/);
    assert.equal(found.fellow, 'started');
    assert.equal(found.byName.url, 'https://localhost:443');
    assert.ok(found.byName.addresses.includes('127.0.0.1'));
    assert.deepEqual(found.errors, []);
  });
});
