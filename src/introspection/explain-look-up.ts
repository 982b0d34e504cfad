import { messageOf } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { LookupCandidate, LookupFailure, MatchedValue } from '../nodes/lookup-failure.ts';
import { told } from './hook-account.ts';
import type { Introspection } from './introspection.ts';
import { lookupAttributes } from './lookup-attributes.ts';

type Explaining = Pick<Introspection, 'nodes' | 'lookupFailures' | 'log'>;

/** Addresses of one kind that are kept; no server has as many, but a ramdisk can send any number. */
const mostAddresses = 100;
/** A node's name is 36 characters, a sentence should fit a screen. */
const mostNodes = 10;
const mostFailures = 20;

/**
 * Remembers why no node was found, for operators: the ramdisk is told what it always was told. Says what would
 * help in the log as well. A failure of this is no reason to answer the ramdisk otherwise.
 */
export async function rememberLookupFailure(
  on: Explaining,
  data: JsonObject,
  failures: readonly string[],
): Promise<void> {
  try {
    const failure = await explained(on, data, failures);
    on.log.error(`What would help: ${failure.advice}`);
    await on.lookupFailures.add(failure);
  } catch (error) {
    on.log.warning(`The failed look-up could not be explained: ${messageOf(error)}`);
  }
}

async function explained(
  on: Explaining,
  data: JsonObject,
  failures: readonly string[],
): Promise<LookupFailure> {
  const all = Object.entries(lookupAttributes(data));
  const attributes = Object.fromEntries(
    all.map(([name, values]) => [name, values.slice(0, mostAddresses).map(told)]),
  );
  const matched: MatchedValue[] = [];
  for (const [attribute, values] of all) {
    for (const { value, node } of await on.nodes.matchingValues(attribute, values.slice(0, mostAddresses))) {
      matched.push({ attribute, value, node });
    }
  }
  const candidates = candidatesOf(matched);
  const isContradicting = candidates.length > 1;
  return {
    attributes,
    failures: failures.slice(0, mostFailures).map(told),
    candidates,
    clashes: isContradicting ? matched : [],
    advice: adviceOn(attributes, candidates, matched),
  };
}

function candidatesOf(matched: readonly MatchedValue[]): LookupCandidate[] {
  const byNode = Map.groupBy(matched, ({ node }) => node);
  const candidates = [...byNode].map(([node, values]) => ({ node, matches: values.length }));
  return candidates.sort((a, b) => b.matches - a.matches || (a.node < b.node ? -1 : 1));
}

function adviceOn(
  attributes: LookupFailure['attributes'],
  candidates: readonly LookupCandidate[],
  matched: readonly MatchedValue[],
): string {
  if (Object.values(attributes).every((values) => values.length === 0)) {
    return "The ramdisk reported neither MAC nor BMC addresses. Look into its log: it may lack the driver of the machine's network cards, or access to the BMC.";
  }
  const [first] = candidates;
  if (first === undefined) {
    return 'No node under introspection has any of these addresses. Give the node a port with one of the MAC addresses, or the BMC address in its driver_info, then start its introspection; one that has ended has to be started again. To make nodes of unknown machines, set [processing]node_not_found_hook.';
  }
  if (candidates.length === 1) {
    return `The addresses belong to node ${first.node}, whose introspection has ended or whose data was refused. Start its introspection again.`;
  }
  const owners = matched.slice(0, mostNodes).map(({ attribute, value, node }) => {
    const what = attribute === 'mac' ? 'MAC' : 'BMC';
    return `${what} address ${told(value)} belongs to node ${node}`;
  });
  return `The addresses of this one machine belong to several nodes: ${owners.join(', ')}. Correct the ports, or the BMC address in driver_info, of the node that has them wrongly, then start the introspection of the right one again.`;
}
