import type { PrivilegedCommand } from '../src/host/privileged-command.ts';
import { CommandFailed } from '../src/host/privileged-command-failure.ts';

type Chains = Map<string, string[]>;

/** The filter table of a kernel, with iptables-save and iptables-restore, as far as a DHCP filter uses them. */
export class FakeFilterTable {
  #chains: Chains = new Map(['INPUT', 'FORWARD', 'OUTPUT'].map((name) => [name, []]));
  /** What was run, in order. */
  readonly commands: PrivilegedCommand[] = [];
  /** Thrown by the next commands, one each, in place of what they would do. */
  readonly failures: Error[] = [];

  /** For a driver. */
  readonly run = async (command: PrivilegedCommand): Promise<string> => {
    this.commands.push(command);
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    if (command.program.endsWith('-save')) return this.saved;
    this.restore(command.input ?? '');
    return '';
  };

  /** What iptables-save shows. */
  get saved(): string {
    const names = [...this.#chains.keys()].map((name) => `:${name} ${isOwn(name) ? '-' : 'ACCEPT'} [0:0]`);
    const rules = [...this.#chains].flatMap(([name, lines]) => lines.map((rule) => `-A ${name} ${rule}`));
    return ['# Generated', '*filter', ...names, ...rules, 'COMMIT', ''].join('\n');
  }

  /** The lines that iptables-save shows of chains and rules that are not there from the start. */
  get lines(): string[] {
    return this.saved
      .split('\n')
      .filter((line) => line.startsWith('-A') || (line.startsWith(':') && line.endsWith(' - [0:0]')));
  }

  /** One transaction. @throws CommandFailed as iptables-restore ends, with nothing changed. */
  restore(script: string): void {
    const chains: Chains = new Map([...this.#chains].map(([name, rules]) => [name, [...rules]]));
    const lines = script.trimEnd().split('\n');
    if (lines[0] !== '*filter' || lines.at(-1) !== 'COMMIT') throw new Error(`no script: ${script}`);
    for (const [index, line] of lines.slice(1, -1).entries()) {
      if (!change(chains, line)) {
        const told = `iptables-restore: line ${index + 2} failed`;
        throw new CommandFailed(`iptables-restore ended with 1: ${told}`, 1, told);
      }
    }
    this.#chains = chains;
  }
}

function isOwn(name: string): boolean {
  return !['INPUT', 'FORWARD', 'OUTPUT'].includes(name);
}

/** One line of a script. @returns Whether it works. */
function change(chains: Chains, line: string): boolean {
  const declared = /^:(\S+) - \[0:0\]$/.exec(line)?.[1];
  if (declared !== undefined) return chains.set(declared, []) !== undefined;
  const [, action, name = '', given = ''] = /^-([AIDX]) (\S+)(?: (.*))?$/.exec(line) ?? [];
  const rules = chains.get(name);
  if (rules === undefined) return false;
  if (action === 'X') {
    const isUsed = [...chains.values()].flat().some((other) => other.endsWith(` ${name}`));
    return rules.length === 0 && !isUsed && chains.delete(name);
  }
  const rule = given.replace(/-j REJECT$/, '-j REJECT --reject-with icmp-port-unreachable');
  if (action === 'A') return rules.push(rule) > 0;
  if (action === 'I') return rules.unshift(rule) > 0;
  const index = rules.indexOf(rule);
  return index >= 0 && rules.splice(index, 1).length === 1;
}
