import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkNamespace } from '../network-namespace.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { FilteredServer } from './race-network.ts';

/** A PXE filter driver, in every way that it can be set up. */
export const filterNames = ['nftables', 'iptables', 'dnsmasq', 'dnsmasq-hostsfile'] as const;
export type FilterName = (typeof filterNames)[number];

/** A driver with the server that it is for. */
export interface RaceFilter extends FilteredServer {
  readonly name: FilterName;
  /** Lines of the service's configuration. */
  readonly configuration: string;
  /** Changes what is in force behind the service's back. @returns What it has done. */
  damage(random: SeededRandom): string;
  /** All that is in force, for people. */
  state(): string;
}

/** @param folder For its files. */
export function raceFilter(name: FilterName, folder: string, here: NetworkNamespace): RaceFilter {
  const pidFile = join(folder, 'dnsmasq.pid');
  if (name === 'nftables') return inTheKernel(nftables(here), { name, pidFile, here });
  if (name === 'iptables') return inTheKernel(iptables(here), { name, pidFile, here });
  return name === 'dnsmasq' ? hostsdir(folder, pidFile) : hostsfile(folder, pidFile);
}

type Kernel = Pick<RaceFilter, 'state'> & { readonly damages: readonly (readonly string[])[] };

function inTheKernel(
  { damages, state }: Kernel,
  { name, pidFile, here }: Pick<RaceFilter, 'name' | 'pidFile'> & { here: NetworkNamespace },
): RaceFilter {
  return {
    name,
    pidFile,
    dnsmasqOptions: [],
    configuration: `[pxe_filter]\ndriver = ${name}\n[iptables]\ndnsmasq_interface = br0\n`,
    state,
    damage(random) {
      const words = random.pick(damages);
      // What is to be taken away may not be there: a set that is empty, a rule of another mode.
      here.attempt(...words);
      return words.join(' ');
    },
  };
}

function nftables(here: NetworkNamespace): Kernel {
  const table = ['inet', 'ironic_inspector'];
  return {
    state: () => here.run('nft', 'list', 'ruleset'),
    damages: [
      ['nft', 'flush', 'ruleset'],
      ['nft', 'delete', 'table', ...table],
      ['nft', 'flush', 'set', ...table, 'denied'],
      ['nft', 'flush', 'set', ...table, 'allowed'],
      ['nft', 'insert', 'rule', ...table, 'inet_input', 'accept'],
      ['nft', 'flush', 'chain', ...table, 'judge_requests4'],
    ],
  };
}

function iptables(here: NetworkNamespace): Kernel {
  const chain = 'ironic-inspector';
  const jump = ['-i', 'br0', '-p', 'udp', '--dport', '67', '-j', chain];
  return {
    state: () => here.run('iptables-save', '-t', 'filter'),
    damages: [
      ['iptables', '-F', chain],
      ['iptables', '-F', 'INPUT'],
      ['iptables', '-I', chain, '-j', 'ACCEPT'],
      ['iptables', '-D', chain, '1'],
      ['iptables', '-D', 'INPUT', ...jump],
      ['iptables', '-I', 'INPUT', ...jump.slice(0, -1), 'DROP'],
    ],
  };
}

const strangers = 'unknown_hosts_filter';

function hostsdir(folder: string, pidFile: string): RaceFilter {
  const hosts = join(folder, 'hosts');
  mkdirSync(hosts);
  const names = () => readdirSync(hosts).sort();
  return {
    name: 'dnsmasq',
    pidFile,
    dnsmasqOptions: [`--dhcp-hostsdir=${hosts}`],
    configuration: `[pxe_filter]\ndriver = dnsmasq\n[dnsmasq_pxe_filter]\ndhcp_hostsdir = ${hosts}\ndnsmasq_pid_file = ${pidFile}\n`,
    state: () =>
      names()
        .map((name) => `${name}: ${readFileSync(join(hosts, name), 'latin1')}`)
        .join(''),
    damage(random) {
      const name = random.pick(names());
      const path = join(hosts, name);
      if (random.once(3)) {
        rmSync(path);
        return `rm ${name}`;
      }
      const subject = name === strangers ? '*:*:*:*:*:*' : name;
      const isDenied = readFileSync(path, 'latin1').includes('ignore');
      writeFileSync(path, isDenied ? `${subject}\n` : `${subject},ignore\n`);
      return `${name} is ${isDenied ? 'let in' : 'ignored'}`;
    },
  };
}

function hostsfile(folder: string, pidFile: string): RaceFilter {
  const path = join(folder, 'hostsfile');
  writeFileSync(path, '*:*:*:*:*:*,ignore\n');
  const state = () => readFileSync(path, 'latin1');
  return {
    name: 'dnsmasq-hostsfile',
    pidFile,
    dnsmasqOptions: [`--dhcp-hostsfile=${path}`],
    configuration:
      '[pxe_filter]\ndriver = dnsmasq\n[dnsmasq_pxe_filter]\nlayout = hostsfile\n' +
      `dhcp_hostsfile = ${path}\ndnsmasq_pid_file = ${pidFile}\n`,
    state,
    damage(random) {
      const lines = state().split('\n').filter(Boolean);
      const line = random.pick(lines);
      const changed = line.endsWith(',ignore') ? line.slice(0, -',ignore'.length) : `${line},ignore`;
      writeFileSync(path, `${lines.map((each) => (each === line ? changed : each)).join('\n')}\n`);
      process.kill(Number(readFileSync(pidFile, 'latin1')), 'SIGHUP');
      return `${line} is made ${changed}`;
    },
  };
}
