import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { skipWithout } from '../../testing/debian-packages.ts';
import { ipmiPackages } from '../../testing/private-ipmi-bmc.ts';
import { ironicPackages } from '../../testing/private-ironic.ts';

const program = fileURLToPath(new URL('./ironic-with-bmcs-in-a-namespace.ts', import.meta.url));

/** Look-ups leave loopback addresses out, so the BMCs have others, where nobody else can see them. */
const namespace = ['--map-root-user', '--net'];
const addresses = ['10.77.9.1', '10.77.9.2'];

const links = ['ip link set lo up', ...addresses.map((address) => `ip addr add ${address}/32 dev lo`)].join(
  ' && ',
);

function withoutNamespace(): string | false {
  const { status, stderr } = spawnSync('unshare', [...namespace, 'sh', '-c', links]);
  return status === 0 ? false : `needs network namespaces: ${String(stderr).trim()}`;
}

const packages = [...ironicPackages, ...ipmiPackages, 'python3-sushy', 'iproute2', 'util-linux'];

describe('nodes of a real Ironic with BMCs', { skip: skipWithout(packages) || withoutNamespace() }, () => {
  let found: any;

  before(async () => {
    const script = `${links} && exec "$0" "$@"`;
    const run = promisify(execFile)(
      'unshare',
      [...namespace, 'sh', '-c', script, process.execPath, program, ...addresses],
      { timeout: 500_000 },
    );
    found = JSON.parse((await run).stdout);
  });

  const reset = 'POST /redfish/v1/Systems/1/Actions/ComputerSystem.Reset';
  const pxe = { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' };
  const toTheNetwork = {
    changes: ['PATCH /redfish/v1/Systems/1', reset],
    resets: ['On'],
    boot: pxe,
    power: 'On',
  };

  for (const type of ['redfish', 'ipmi']) {
    it(`of type ${type} are found by the address of the BMC, and introspected`, () => {
      assert.deepEqual(found[type].direct.came, {
        found: true,
        state: 'finished',
        error: null,
        cpus: '48',
        provision_state: 'manageable',
        stages: [
          'started',
          'pxe-access-opened',
          'boot-device-set',
          'power-on-acknowledged',
          'callback-received',
          'rules-run',
          'changes-applied',
          'powered-off',
          'finished',
        ],
      });
    });
  }

  it('boot from the network once, and are powered off: the Redfish BMC', () => {
    const { atStart, atEnd } = found.redfish.direct;

    assert.deepEqual(atStart, toTheNetwork);
    assert.deepEqual(atEnd, { changes: [reset], resets: ['ForceOff'], boot: pxe, power: 'Off' });
  });

  it('boot from the network, and are powered off: the IPMI BMC', () => {
    const { atStart, atEnd } = found.ipmi.direct;

    assert.deepEqual([atStart, atEnd], [['boot pxe', 'power 1'], ['power 0']]);
  });

  it('go from manageable to manageable by the inspector interface of Ironic', () => {
    const { macs, ...inspected } = found.redfish.inspected;

    assert.deepEqual(inspected, {
      during: 'inspect wait',
      atStart: toTheNetwork,
      provision_state: 'manageable',
      last_error: null,
    });
    // The first is known from the BMC, before the ramdisk names the other.
    assert.deepEqual(macs, ['52:54:00:00:00:99', '52:54:00:01:00:01']);
  });

  it('go to inspect failed when the ramdisk reports a failure', () => {
    const { during, atStart, provision_state, last_error } = found.ipmi.inspected;

    assert.deepEqual(
      [during, atStart, provision_state],
      ['inspect wait', ['boot pxe', 'power 1'], 'inspect failed'],
    );
    assert.match(last_error, /^ironic-inspector inspection failed: .*no disks$/);
  });

  it('are not begun without their BMC, and the error says what it did not take', () => {
    const { state, error, last_stage } = found.ipmi.withoutBmc;

    assert.deepEqual([state, last_stage], ['error', 'pxe-access-opened']);
    assert.match(
      error,
      /^Failed to set boot device to PXE: Ironic answered 500 to PUT .*boot_device: IPMI call failed/,
    );
  });
});
