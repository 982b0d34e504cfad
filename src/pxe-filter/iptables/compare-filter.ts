import { type ChainContent, readChain } from './chain-rules.ts';
import { type FoundFilter, isForeign } from './find-in-table.ts';

/** What is not as it should be, in words for the log; empty when all is. */
export function differencesOf({ chain, leftover }: FoundFilter, wanted: ChainContent): string[] {
  const differences: string[] = [];
  if (chain.rules === undefined) differences.push('the chain is not there');
  else if (!isContent(chain.rules, wanted)) differences.push('the rules of the chain are others');
  if (chain.jumps.length === 0) differences.push('INPUT has no jump to it');
  else if (chain.jumps.length > 1) differences.push('INPUT has several jumps to it');
  else if (chain.jumps[0] !== 1) differences.push('the jump to it is not the first rule of INPUT');
  if (leftover.rules !== undefined && !isForeign(leftover))
    differences.push('there is a chain that ends in _temp');
  return differences;
}

/** Whether rules of iptables-save say exactly this. */
export function isContent(rules: readonly string[] | undefined, wanted: ChainContent): boolean {
  const content = readChain(rules ?? []);
  return (
    content?.mode === wanted.mode &&
    content.macs.size === wanted.macs.size &&
    [...content.macs].every((mac) => wanted.macs.has(mac))
  );
}
