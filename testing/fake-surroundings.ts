import { readFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import type { Surroundings } from '../src/agent/machine.ts';
import type { CommandResult } from '../src/agent/run-command.ts';
import type { FakeSysfs } from './fake-sysfs.ts';

export interface FakeSurroundings {
  /**
   * Results by command line, such as `lldpctl -f json0`; a text stands for its output. A program that is among them
   * fails for other arguments, and other programs are not installed.
   */
  readonly commands?: Readonly<Record<string, string | CommandResult>>;
  /** Addresses by interface: `10.0.0.5`, `fd00::5`, `fe80::5%2`. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  readonly architecture?: string;
  /** Paths that only root may read; the test is not root. */
  readonly denied?: readonly string[];
}

const refusal: CommandResult = { outcome: 'exited', code: 1, stdout: '', stderr: 'unknown arguments' };

/** What the agent works with, over a tree made by a test. */
export function fakeSurroundings(tree: FakeSysfs, options: FakeSurroundings = {}): Surroundings {
  const addresses = Object.entries(options.addresses ?? {}).map(([name, list]) => [
    name,
    list.map(addressInfo),
  ]);
  return {
    root: tree.root,
    readFile(path) {
      if (options.denied?.some((denied) => path === `${tree.root}${denied}`) === true) {
        throw Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES' });
      }
      return readFileSync(path);
    },
    async run(program, args) {
      const commands = options.commands ?? {};
      const result = commands[[program, ...args].join(' ')];
      if (typeof result === 'string') return { outcome: 'exited', code: 0, stdout: result, stderr: '' };
      const isInstalled = Object.keys(commands).some((command) => command.split(' ')[0] === program);
      return result ?? (isInstalled ? refusal : { outcome: 'missing' });
    },
    addresses: () => Object.fromEntries(addresses),
    architecture: options.architecture ?? 'x86_64',
  };
}

function addressInfo(text: string): NetworkInterfaceInfo {
  const [address = '', scope] = text.split('%');
  const common = { address, netmask: '', mac: '00:00:00:00:00:00', internal: false, cidr: null };
  return address.includes(':')
    ? { ...common, family: 'IPv6', scopeid: Number(scope ?? 0) }
    : { ...common, family: 'IPv4' };
}
