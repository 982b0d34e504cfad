import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, readFileSync } from 'node:fs';
import { ipmiSimulator } from '../bmc/ipmi-simulator.ts';
import { redfishMachine } from '../bmc/redfish-machine.ts';
import { type BmcAccount, redfishServer } from '../bmc/redfish-server.ts';
import { makeMachine } from '../machine/machine-description.ts';
import { machinePower, type PowerControl } from '../machine/machine-power.ts';
import type { RunProgram } from '../ramdisk/kernel-package.ts';
import type { LabFolder } from '../setup/lab-folder.ts';
import { type NumberedParts, numberedParts } from '../setup/lab-network.ts';
import { type LabSettings, machineNames } from '../setup/lab-settings.ts';
import type { Programs } from './programs.ts';

/** A machine of the lab, and how its BMC is talked to. */
export interface LabMachine extends NumberedParts {
  readonly name: string;
  readonly power: PowerControl;
  /** `driver` and `driver_info` of its node. */
  readonly driver: 'redfish' | 'ipmi';
  readonly driverInfo: Readonly<Record<string, string>>;
}

/** Builds the machines of a lab, switched off, and starts their BMCs. */
export async function machinesWithBmcs(
  settings: LabSettings,
  folder: LabFolder,
  { programs, run }: { readonly programs: Programs; readonly run: RunProgram },
): Promise<LabMachine[]> {
  const account = { username: 'admin', password: randomBytes(9).toString('base64url') };
  const names = machineNames(settings);
  if (settings.bmc === 'redfish') makeCertificate(names.length, folder, run);
  const machines = names.map((name, index) => machine(name, index + 1, { settings, folder, account }));
  for (const one of machines) {
    if (settings.bmc === 'redfish') await startRedfish(one, folder, account);
    else startIpmi(one, folder, { account, programs });
  }
  return machines;
}

function machine(
  name: string,
  number: number,
  { settings, folder, account }: { settings: LabSettings; folder: LabFolder; account: BmcAccount },
): LabMachine {
  const parts = numberedParts(number);
  const own = folder.machine(name);
  makeMachine({
    name,
    folder: own,
    firmware: settings.firmware,
    memory: 512,
    cpus: 1,
    interfaces: [{ mac: parts.mac, tap: parts.tap }],
    disks: [{ bus: 'virtio', gibibytes: 10 }],
    serialNumber: parts.serialNumber,
    bmcAddress: parts.bmcAddress,
  });
  const login = (prefix: string) => ({
    [`${prefix}_username`]: account.username,
    [`${prefix}_password`]: account.password,
  });
  const driverInfo: LabMachine['driverInfo'] =
    settings.bmc === 'redfish'
      ? {
          redfish_address: `https://${parts.bmcAddress}`,
          redfish_verify_ca: folder.certificate,
          ...login('redfish'),
        }
      : // Without the suite, ipmitool loses 10 s a call on finding it out.
        { ipmi_address: parts.bmcAddress, ipmi_cipher_suite: '3', ...login('ipmi') };
  return { name, ...parts, power: machinePower(own), driver: settings.bmc, driverInfo };
}

/** One for all BMCs, which signs itself; valid for as long as any lab lives. */
function makeCertificate(machines: number, folder: LabFolder, run: RunProgram): void {
  const addresses = Array.from(
    { length: machines },
    (_, index) => `IP:${numberedParts(index + 1).bmcAddress}`,
  );
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const names = ['-subj', '/CN=BMCs of the lab', '-addext', `subjectAltName=${addresses.join(',')}`];
  const files = ['-keyout', folder.certificateKey, '-out', folder.certificate];
  run(['openssl', 'req', '-x509', '-days', '3650', ...key, ...names, ...files], '/');
  // Ironic reads it as another user.
  chmodSync(folder.certificate, 0o644);
}

async function startRedfish(
  { name, bmcAddress }: LabMachine,
  folder: LabFolder,
  account: BmcAccount,
): Promise<void> {
  const certificate = {
    cert: readFileSync(folder.certificate, 'utf8'),
    key: readFileSync(folder.certificateKey, 'utf8'),
  };
  const server = redfishServer(redfishMachine(folder.machine(name)), account, certificate);
  server.listen(443, bmcAddress);
  await once(server, 'listening');
}

function startIpmi(
  { name, bmcAddress }: LabMachine,
  folder: LabFolder,
  { account, programs }: { readonly account: BmcAccount; readonly programs: Programs },
): void {
  const bmc = { machine: folder.machine(name), address: bmcAddress, port: 623, ...account };
  programs.start(`bmc-${name}`, ipmiSimulator(bmc, process.execPath));
}
