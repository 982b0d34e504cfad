import { isOurRule } from './chain-rules.ts';
import type { FilterPlace } from './filter-place.ts';

/** A chain as it was found. */
export interface FoundChain {
  /** In order, without `-A` and the name; nothing where there is no such chain. */
  readonly rules: readonly string[] | undefined;
  /** Positions of our jumps to it among the rules of INPUT, the first being 1. */
  readonly jumps: readonly number[];
  /** Other rules that jump to it, as iptables-save shows them. */
  readonly otherReferences: readonly string[];
}

/** What there is of this driver, or of the original, in the filter table. */
export interface FoundFilter {
  readonly chain: FoundChain;
  readonly leftover: FoundChain;
}

/** Reads the output of `iptables-save -t filter`. */
export function findInTable(saved: string, place: FilterPlace): FoundFilter {
  const chains = new Map(
    [place.chain, place.leftoverChain].map((name) => [name, emptyChain(jumpRule(place, name))]),
  );
  let position = 0;
  for (const line of saved.split('\n')) {
    const declared = /^:(\S+) /.exec(line)?.[1];
    if (declared !== undefined) declare(chains.get(declared));
    const [, chain = '', rule] = /^-A (\S+) (.*)$/.exec(line) ?? [];
    if (rule === undefined) continue;
    if (chain === 'INPUT') position += 1;
    chains.get(chain)?.rules?.push(rule);
    const target = chains.get(targetOf(rule) ?? '');
    if (target === undefined) continue;
    if (chain === 'INPUT' && rule === target.jump) target.jumps.push(position);
    else target.otherReferences.push(line);
  }
  const found = (name: string) => chains.get(name) ?? emptyChain('');
  return { chain: found(place.chain), leftover: found(place.leftoverChain) };
}

/** Whether somebody else has put rules into the chain, or leads packets to it. */
export function isForeign({ rules = [], otherReferences }: FoundChain): boolean {
  return otherReferences.length > 0 || !rules.every(isOurRule);
}

/** The jump to a chain, without `INPUT`, as iptables-save spells it. */
export function jumpRule({ interfaceName, port }: FilterPlace, chain: string): string {
  return `-i ${interfaceName} -p udp -m udp --dport ${port} -j ${chain}`;
}

interface ChainSoFar {
  rules: string[] | undefined;
  readonly jump: string;
  readonly jumps: number[];
  readonly otherReferences: string[];
}

function emptyChain(jump: string): ChainSoFar {
  return { rules: undefined, jump, jumps: [], otherReferences: [] };
}

function declare(chain: ChainSoFar | undefined): void {
  if (chain !== undefined) chain.rules = [];
}

/** The chain or verdict of a rule. A comment in it may hold anything, and stands in quotes if it has a space. */
function targetOf(rule: string): string | undefined {
  const plain = rule.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return /(?:^| )(?:-j|-g) (\S+)/.exec(plain)?.[1];
}
