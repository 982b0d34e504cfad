import type { JsonObject } from '../json/json-value.ts';

/** Which nodes of the bare metal service a run takes: those that are as every member says. */
export interface Selector {
  /** `manageable` unless given. */
  readonly provisionStates?: readonly string[];
  readonly driver?: string;
  readonly resourceClass?: string;
  /** Of the name; `*` stands for any text. */
  readonly name?: string;
  /** Those that the service has not introspected yet. */
  readonly neverInspected?: boolean;
  /** Those whose last introspection failed. */
  readonly lastFailed?: boolean;
}

/** What a run is asked to take: nodes by UUID or name, or those that a selector finds. */
export type Selection =
  | { readonly kind: 'nodes'; readonly nodes: readonly string[] }
  | { readonly kind: 'selector'; readonly selector: Selector };

/** Provision states that a selector means when it names none. */
export function provisionStatesOf({ provisionStates, lastFailed }: Selector): readonly string[] {
  if (provisionStates !== undefined) return provisionStates;
  return lastFailed === true ? ['manageable', 'inspect failed'] : ['manageable'];
}

/** The selection as answers show it. The names of many nodes are those of the members, and not repeated. */
export function selectionDocument(selection: Selection): JsonObject {
  if (selection.kind === 'nodes') return { nodes: selection.nodes.length };
  const { driver, resourceClass, name, neverInspected, lastFailed } = selection.selector;
  return {
    selector: {
      provision_states: [...provisionStatesOf(selection.selector)],
      ...(driver === undefined ? {} : { driver }),
      ...(resourceClass === undefined ? {} : { resource_class: resourceClass }),
      ...(name === undefined ? {} : { name }),
      ...(neverInspected === true ? { never_inspected: true } : {}),
      ...(lastFailed === true ? { last_failed: true } : {}),
    },
  };
}
