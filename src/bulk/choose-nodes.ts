import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import type { ChosenNode } from './bulk-run.ts';
import { matchesPattern } from './name-pattern.ts';
import { provisionStatesOf, type Selection, type Selector } from './selection.ts';

/** What is read of each node. */
export const chosenFields = [
  'uuid',
  'name',
  'driver',
  'resource_class',
  'provision_state',
  'maintenance',
] as const;

/** What the service itself knows of introspections. */
export interface Introspected {
  /** Nodes that have been introspected. */
  readonly known: ReadonlySet<string>;
  /** Those of them whose last introspection failed. */
  readonly failed: ReadonlySet<string>;
}

/** Names in a message. */
const mostNamed = 5;

/**
 * The nodes of a selection, each once: by name in the order in which they are given, by a selector in that of the
 * bare metal service. A selector leaves out nodes in maintenance, as people may be at work on them.
 *
 * @throws InspectorError `invalid` for names that no node has, and when there is no node.
 */
export function chooseNodes(
  selection: Selection,
  all: readonly BareMetalNode[],
  introspected: Introspected,
): ChosenNode[] {
  const found =
    selection.kind === 'nodes'
      ? named(selection.nodes, all)
      : all.filter((node) => isSelected(node, selection.selector, introspected));
  const chosen = new Map(found.map((node) => [node.uuid, { uuid: node.uuid, name: node.name ?? null }]));
  if (chosen.size > 0) return [...chosen.values()];
  throw new InspectorError('invalid', 'Expected at least one node, got none: nothing matches the selection');
}

function named(names: readonly string[], all: readonly BareMetalNode[]): BareMetalNode[] {
  const byUuid = new Map(all.map((node) => [node.uuid.toLowerCase(), node]));
  const byName = new Map(all.flatMap((node) => (node.name ? [[node.name, node] as const] : [])));
  const find = (name: string) => byUuid.get(canonicalUuid(name) ?? '') ?? byName.get(name);
  const unknown = names.filter((name) => find(name) === undefined);
  if (unknown.length === 0) return names.flatMap((name) => find(name) ?? []);
  const shown = unknown.slice(0, mostNamed).map((name) => name.slice(0, 255));
  const more = unknown.length > mostNamed ? ` and ${unknown.length - mostNamed} more` : '';
  throw new InspectorError(
    'invalid',
    `Nodes that the bare metal service does not have: ${shown.join(', ')}${more}`,
  );
}

function isSelected(node: BareMetalNode, selector: Selector, { known, failed }: Introspected): boolean {
  const { driver, resourceClass, name, neverInspected, lastFailed } = selector;
  return (
    node.maintenance !== true &&
    provisionStatesOf(selector).includes(node.provision_state) &&
    (driver === undefined || node.driver === driver) &&
    (resourceClass === undefined || node.resource_class === resourceClass) &&
    (name === undefined || matchesPattern(node.name ?? '', name)) &&
    (neverInspected !== true || !known.has(node.uuid)) &&
    (lastFailed !== true || failed.has(node.uuid))
  );
}
