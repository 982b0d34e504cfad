import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { skipWithout } from '../../testing/debian-packages.ts';

const program = fileURLToPath(new URL('./boot-evidence-in-a-namespace.ts', import.meta.url));

/** Nothing gets out of the namespace, and no other DHCP server gets in. */
const namespace = ['--map-root-user', '--net'];

function withoutNamespace(): string | false {
  const links = 'ip link set lo up && ip link add v0 type veth peer name v1';
  const { status, stderr } = spawnSync('unshare', [...namespace, 'sh', '-c', links]);
  return status === 0 ? false : `needs network namespaces and veth: ${String(stderr).trim()}`;
}

const skip = skipWithout(['dnsmasq-base', 'busybox-static', 'iproute2', 'util-linux']) || withoutNamespace();

describe('boot evidence of a real dnsmasq', { skip }, () => {
  it('is in the timeline of the machine that asks for an address and a file', async () => {
    const run = promisify(execFile)('unshare', [...namespace, process.execPath, program], {
      timeout: 400_000,
    });

    const found: any = JSON.parse((await run).stdout);

    const stages = new Map<string, any>(found.booted.stages.map((stage: any) => [stage.stage, stage]));
    const mac = '52:54:00:00:00:01';
    const facts = (name: string) => stages.get(name)?.evidence;
    assert.deepEqual(facts('dhcp-request-seen'), {
      mac,
      interface: 's0',
      ip: '10.77.0.10',
      message: 'DHCPREQUEST',
    });
    assert.deepEqual(facts('dhcp-offer-sent'), {
      mac,
      interface: 's0',
      ip: '10.77.0.10',
      message: 'DHCPOFFER',
    });
    assert.deepEqual(facts('dhcp-lease-given'), {
      mac,
      interface: 's0',
      ip: '10.77.0.10',
      message: 'DHCPACK',
    });
    assert.match(facts('boot-file-fetched').file, /\/undionly\.kpxe$/);
    assert.match(facts('boot-file-missing').file, /\/nothing-there$/);
    assert.equal(found.booted.last_stage, 'boot-file-fetched');
    assert.match(found.booted.advice, /look at its console/);
  });

  it('says that a machine is ignored, and stops nowhere when the log is rotated', async () => {
    const run = promisify(execFile)('unshare', [...namespace, process.execPath, program, 'ignored'], {
      timeout: 400_000,
    });

    const found: any = JSON.parse((await run).stdout);

    assert.equal(found.booted.last_stage, 'dhcp-request-ignored');
    assert.match(found.booted.advice, /check the PXE filter/);
    assert.deepEqual(found.errors, []);
  });
});
