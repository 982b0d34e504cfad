import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { logIn, ownFolder, startProcess, unprivilegedAccount } from './server-process.ts';

/** Debian's packages with the emulated BMC, and with the program by which Ironic asks it. */
export const ipmiPackages = ['openipmi', 'ipmitool'];

/** Where it listens, and whom it lets in. */
export interface IpmiBmcOptions {
  /** For `ipmi_address`. */
  readonly address: string;
  /** For `ipmi_port`; of UDP. */
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** A BMC that speaks IPMI over LAN: OpenIPMI's simulator, and a machine behind it that is a few files. */
export interface PrivateIpmiBmc {
  readonly pid: number;
  /** What it was told to change, in order: `boot pxe`, `power 1`. */
  changes(): string[];
  stop(): Promise<void>;
}

const folders = new Set<string>();

process.on('exit', () => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/**
 * Starts the BMC of a machine that is powered off. Its cipher suite is 3 (`ipmi_cipher_suite`).
 *
 * @throws Error with its log when it does not come up.
 */
export async function privateIpmiBmc(options: IpmiBmcOptions): Promise<PrivateIpmiBmc> {
  const folder = mkdtempSync(join(tmpdir(), 'ironic-inspector-bmc-'));
  folders.add(folder);
  const account = unprivilegedAccount();
  for (const path of [folder, join(folder, 'state'), join(folder, 'machine')]) ownFolder(path, account);
  writeFileSync(join(folder, 'lan.conf'), lanConfiguration(folder, options));
  writeFileSync(join(folder, 'bmc.emu'), controller);
  writeFileSync(join(folder, 'machine.sh'), machine, { mode: 0o755 });
  const args = ['-c', 'lan.conf', '-f', 'bmc.emu', '-s', 'state', '-n'];
  const server = await startProcess('/usr/bin/ipmi_sim', args, { account, folder, lasting: false });
  const stop = () => server.end('SIGKILL');
  for (let tries = 0; !answers(options); tries++) {
    if (server.isRunning() && tries < 600) await pause(50);
    else {
      await stop();
      const log = readFileSync(logIn(folder), 'utf8');
      throw new Error(`The IPMI simulator does not come up (${server.state()}): ${log}`);
    }
  }
  const changes = join(folder, 'machine', 'changes');
  return {
    pid: server.pid,
    changes: () => (existsSync(changes) ? readFileSync(changes, 'utf8').trim().split('\n') : []),
    stop,
  };
}

function answers({ address, port, username, password }: IpmiBmcOptions): boolean {
  const bmc = ['-H', address, '-p', String(port), '-U', username, '-P', password];
  const once = ['-I', 'lanplus', '-C', '3', '-N', '1', '-R', '1'];
  return spawnSync('/usr/bin/ipmitool', [...once, ...bmc, 'power', 'status']).status === 0;
}

/** ipmi_lan(5). Without a GUID, sessions of RMCP+ are refused; `chassis_control` is not in that page. */
function lanConfiguration(folder: string, { address, port, username, password }: IpmiBmcOptions): string {
  return `name "bmc"
set_working_mc 0x20
startlan 1
addr ${address} ${port}
priv_limit admin
allowed_auths_admin none md2 md5 straight
guid 000102030405060708090a0b0c0d0e0f
endlan
chassis_control "${folder}/machine.sh"
user 1 true "" "" user 1
user 2 true "${username}" "${password}" admin 10
`;
}

/** ipmi_sim_cmd(5): a BMC at the usual address, without sensors. */
const controller = `mc_setbmc 0x20
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
mc_enable 0x20
`;

/** Called with `get <name>...` or `set <name> <value>`, as often as the BMC wants to know or change something. */
const machine = `#!/bin/sh
cd "\${0%/*}/machine" || exit 1
operation=$1
shift
if [ "$operation" = set ]; then
  echo "$1 $2" >>changes
  echo "$2" >"value.$1"
else
  for name in "$@"; do
    value=0
    [ "$name" != boot ] || value=none
    [ ! -e "value.$name" ] || read -r value <"value.$name"
    echo "$name:$value"
  done
fi
`;
