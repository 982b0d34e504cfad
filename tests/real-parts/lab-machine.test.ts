import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { ipmiSimulator } from '../../lab/bmc/ipmi-simulator.ts';
import { lldpSwitch } from '../../lab/machine/lldp-switch.ts';
import { machinePaths, makeMachine } from '../../lab/machine/machine-description.ts';
import { machinePower } from '../../lab/machine/machine-power.ts';
import { dnsmasqSettings, type NetworkBoot, writeBootFiles } from '../../lab/machine/network-boot.ts';
import { buildRamdisk } from '../../lab/ramdisk/build-ramdisk.ts';
import { runProgram } from '../../lab/run-program.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { documentContract, membersOf } from '../../testing/introspection-document-contract.ts';
import {
  addBridge,
  type NetworkNamespace,
  openNamespace,
  withoutNamespaces,
} from '../../testing/network-namespace.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const packages = [
  'qemu-system-x86',
  'ipxe',
  'ipxe-qemu',
  'busybox-static',
  'dnsmasq-base',
  'iproute2',
  'lldpd',
];
const skip =
  skipWithout([...packages, 'openipmi', 'ipmitool', 'curl']) ||
  (process.getuid?.() === 0 ? withoutNamespaces() : 'needs root, as lldpd changes its user');

const server = 'http://10.77.0.1:8080';
const bmcAddress = '10.77.9.1';
const mac = '52:54:00:77:00:01';
const account = { username: 'admin', password: 'password' };
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

describe('an emulated machine', { skip, timeout: 240_000 }, () => {
  const { path: folder } = temporaryFolder();
  const machine = join(folder, 'node-1');
  const started: ChildProcess[] = [];
  const events: Record<string, any>[] = [];
  let namespace: NetworkNamespace;
  let boot: NetworkBoot;

  const start = (words: readonly string[], input?: string) => {
    const child = namespace.start(words, {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
    });
    child.stdin?.end(input);
    started.push(child);
    return child;
  };

  before(async () => {
    // The kernel's package is large, so that it stays.
    const cache = pathOf('../../node_modules/.cache/ironic-inspector-lab/');
    const ramdisk = buildRamdisk({ cache, folder: join(folder, 'ramdisk'), run: runProgram });
    namespace = await openNamespace();
    layOutNetwork(namespace);
    boot = {
      folder: join(folder, 'boot'),
      ramdisk,
      fetchUrl: server,
      callbackUrl: `${server}/v1/continue`,
      parameters: ['lab-power-off=1'],
    };
    writeBootFiles(boot);
    startDnsmasq();
    // lldpd gives its rights away before it reads its settings.
    chmodSync(folder, 0o755);
    start(lldpSwitch({ folder, name: 'lab-switch', devices: ['tap1'] }));
    const recorder = start([process.execPath, pathOf('lab-recorder.ts'), boot.folder, '10.77.0.1', '8080']);
    createInterface({ input: recorder.stdout! }).on('line', (line) => events.push(JSON.parse(line)));
    makeMachine({
      name: 'node-1',
      folder: machine,
      firmware: 'bios',
      memory: 512,
      cpus: 1,
      interfaces: [{ mac, tap: 'tap1' }],
      disks: [
        { bus: 'virtio', gibibytes: 10 },
        { bus: 'nvme', gibibytes: 3 },
      ],
      serialNumber: 'LAB-1',
      bmcAddress,
    });
  });

  function startDnsmasq(): void {
    const settings = dnsmasqSettings({ device: 'br0', range: ['10.77.0.100', '10.77.0.200'], boot });
    const file = join(folder, 'dnsmasq.conf');
    writeFileSync(file, [...settings, `dhcp-leasefile=${join(folder, 'leases')}`, 'pid-file', ''].join('\n'));
    // In its debug mode it stays the user that it is, who may read the folder.
    start(['dnsmasq', '--no-daemon', `--conf-file=${file}`]);
  }

  after(async () => {
    await machinePower(machine).off();
    for (const child of started) child.kill();
    namespace?.close();
  });

  /** The document of the next callback. */
  async function nextDocument(): Promise<any> {
    const seen = events.length;
    const posted = await until(() => events.slice(seen).find((event) => event['posted'])?.['posted']);
    assert.equal(posted.url, '/v1/continue');
    return JSON.parse(posted.body);
  }

  async function until<T>(find: () => T): Promise<NonNullable<T>> {
    const deadline = performance.now() + 100_000;
    while (performance.now() < deadline) {
      const found = find();
      if (found) return found;
      await pause(50);
    }
    throw new Error(
      `did not come about: ${find.toString()}\n${readFileSync(machinePaths(machine).consoleLog, 'utf8')}`,
    );
  }

  it('is switched on by IPMI, boots the ramdisk by PXE and HTTP, posts the document and goes off', async () => {
    start(ipmiSimulator({ machine, address: bmcAddress, port: 623, ...account }, process.execPath));
    const ipmi = (...words: string[]) => {
      const login = ['-H', bmcAddress, '-U', account.username, '-P', account.password];
      return namespace.attempt('ipmitool', '-I', 'lanplus', '-C', '3', ...login, ...words);
    };
    await until(() => ipmi('power', 'status').stdout.includes('off'));

    ipmi('chassis', 'bootdev', 'pxe');
    ipmi('power', 'on');
    const document = await nextDocument();

    expectContract(document);
    expectMachine(document);
    assert.equal(document.error, null);
    await until(() => ipmi('power', 'status').stdout.includes('off'));
    assert.ok(events.some(({ fetched }) => fetched === '/initrd'));
  });

  it('is switched on by Redfish, boots by TFTP, and reports a collector that fails', async () => {
    const program = [
      process.execPath,
      pathOf('../../lab/bmc/redfish-program.ts'),
      machine,
      bmcAddress,
      '8000',
    ];
    const redfish = (...words: string[]) =>
      namespace.attempt('curl', '--silent', '--user', `${account.username}:${account.password}`, ...words)
        .stdout;
    const system = `http://${bmcAddress}:8000/redfish/v1/Systems/1`;
    const json = ['--header', 'Content-Type: application/json', '--data'];
    const parameters = ['ipa-inspection-collectors=default,odd', 'lab-power-off=1'];
    writeBootFiles({ ...boot, fetchUrl: 'tftp://10.77.0.1', parameters });
    start(program, `${account.username}\n${account.password}\n`);
    await until(() => redfish(system).includes('"PowerState":"Off"'));
    const seen = events.length;

    redfish('--request', 'PATCH', ...json, '{"Boot": {"BootSourceOverrideTarget": "Pxe"}}', system);
    redfish(...json, '{"ResetType": "On"}', `${system}/Actions/ComputerSystem.Reset`);
    assert.ok(redfish(system).includes('"PowerState":"On"'));
    const document = await nextDocument();

    const problem = '* collector odd failed: there is no such collector';
    assert.equal(document.error, `The following errors were encountered:\n${problem}`);
    assert.equal(document.inventory.interfaces[0].mac_address, mac);
    assert.deepEqual(
      events.slice(seen).flatMap(({ fetched }) => fetched ?? []),
      ['/boot.ipxe'],
    );
    await until(() => redfish(system).includes('"PowerState":"Off"'));
  });
});

function layOutNetwork(namespace: NetworkNamespace): void {
  addBridge({ at: namespace, name: 'br0', address: '10.77.0.1/16' });
  namespace.run('ip', 'addr', 'add', `${bmcAddress}/16`, 'dev', 'br0');
  namespace.run('ip', 'addr', 'add', 'fd77::1/64', 'dev', 'br0', 'nodad');
  namespace.run('ip', 'tuntap', 'add', 'tap1', 'mode', 'tap');
  namespace.run('ip', 'link', 'set', 'tap1', 'master', 'br0', 'up');
}

/** The members of the agent's document in their order; logs are the ramdisk's own. */
function expectContract(posted: any): void {
  const document = { ...posted };
  delete document.logs;
  const { optional, ...shapes } = documentContract;
  for (const [shape, members] of Object.entries(membersOf(document))) {
    const expected: readonly string[] = shapes[shape as keyof typeof shapes];
    const isLeftOut = (member: string) => optional.some((one) => one === member) && !members.includes(member);
    assert.deepEqual(
      members,
      expected.filter((member) => !isLeftOut(member)),
      shape,
    );
  }
}

function expectMachine({ inventory, root_disk, lldp_raw, logs, numa_topology, pci_devices }: any): void {
  const [card] = inventory.interfaces;
  assert.equal(card.mac_address, mac);
  assert.match(card.ipv4_address, /^10\.77\.0\.\d+$/);
  assert.equal(card.has_carrier, true);
  assert.deepEqual(
    inventory.disks.map(({ name, size, tran }: any) => [name, size / 1024 ** 3, tran]),
    [
      ['/dev/nvme0n1', 3, 'nvme'],
      ['/dev/vda', 10, 'virtio'],
    ],
  );
  assert.equal(root_disk.name, '/dev/vda');
  assert.equal(inventory.memory.physical_mb, 512);
  assert.equal(inventory.cpu.count, 1);
  assert.equal(inventory.bmc_address, bmcAddress);
  assert.equal(inventory.system_vendor.serial_number, 'LAB-1');
  assert.deepEqual(inventory.boot, {
    current_boot_mode: 'bios',
    pxe_interface: `01-${mac.replaceAll(':', '-')}`,
  });
  assert.equal(numa_topology.cpus.length, 1);
  assert.ok(pci_devices.some(({ vendor_id }: any) => vendor_id === '1af4'));
  const nameOfSwitch = [5, Buffer.from('lab-switch').toString('hex')];
  assert.ok(lldp_raw.eth0.some((tlv: unknown) => JSON.stringify(tlv) === JSON.stringify(nameOfSwitch)));
  assert.deepEqual(lldp_raw.eth0.at(-1), [0, '']);
  assert.deepEqual(card.lldp, lldp_raw.eth0);
  assert.ok(gunzipSync(Buffer.from(logs, 'base64')).includes('reading the machine'));
}
