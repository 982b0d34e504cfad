import type { AccessMode } from '../access.ts';
import { type ChainContent, chainRules, macRule } from './chain-rules.ts';
import type { FilterPlace } from './filter-place.ts';
import { type FoundChain, type FoundFilter, isForeign, jumpRule } from './find-in-table.ts';

/** MAC addresses that the chain is to name from now on, or no longer. */
export interface ChainChange {
  readonly mode: AccessMode;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

// Each script is the input of one `iptables-restore --noflush`: one transaction, of which all lines work or none.

/** Puts the content in force, whatever was found there, with one jump to it in front of all other rules. */
export function wholeScript(place: FilterPlace, found: FoundFilter, content: ChainContent): string {
  return script([
    // Declares the chain, and empties it where it is there.
    `:${place.chain} - [0:0]`,
    ...chainRules(content).map((rule) => `-A ${place.chain} ${rule}`),
    ...jumpLines(place, found),
  ]);
}

/** As `wholeScript`, but leaves the rules of the chain as they are. */
export function jumpScript(place: FilterPlace, found: FoundFilter): string {
  return script(jumpLines(place, found));
}

/** Changes single rules; fails where the jump, or a rule to be removed, is not there. */
export function changeScript(place: FilterPlace, { mode, add, remove }: ChainChange): string {
  return script([
    ...add.map((mac) => `-I ${place.chain} ${macRule(mode, mac)}`),
    ...remove.map((mac) => `-D ${place.chain} ${macRule(mode, mac)}`),
    ...jumpLines(place, oneJump),
  ]);
}

/** What is found where nobody else has changed anything: one jump, and nothing left over. */
export const oneJump: FoundFilter = {
  chain: { rules: [], jumps: [1], otherReferences: [] },
  leftover: { rules: undefined, jumps: [], otherReferences: [] },
};

/** Removes the chain and the jumps to it. A chain that others have jumps to is emptied, so that it lets them pass. */
export function removeScript(place: FilterPlace, { chain, leftover }: FoundFilter): string | undefined {
  const lines = [
    ...jumpsAway(place, chain, place.chain),
    ...chainAway(chain, place.chain),
    ...leftoverAway(place, leftover),
  ];
  return lines.length === 0 ? undefined : script(lines);
}

function script(lines: readonly string[]): string {
  return ['*filter', ...lines, 'COMMIT', ''].join('\n');
}

function jumpLines(place: FilterPlace, { chain, leftover }: FoundFilter): string[] {
  return [
    ...jumpsAway(place, chain, place.chain),
    `-I INPUT ${jumpRule(place, place.chain)}`,
    ...leftoverAway(place, leftover),
  ];
}

function jumpsAway(place: FilterPlace, { jumps }: FoundChain, name: string): string[] {
  return jumps.map(() => `-D INPUT ${jumpRule(place, name)}`);
}

function chainAway({ rules, otherReferences }: FoundChain, name: string): string[] {
  if (rules === undefined) return [];
  return [`:${name} - [0:0]`, ...(otherReferences.length === 0 ? [`-X ${name}`] : [])];
}

/** What a run of the original left that was ended while it changed its rules. */
function leftoverAway(place: FilterPlace, leftover: FoundChain): string[] {
  if (isForeign(leftover)) return [];
  return [...jumpsAway(place, leftover, place.leftoverChain), ...chainAway(leftover, place.leftoverChain)];
}
