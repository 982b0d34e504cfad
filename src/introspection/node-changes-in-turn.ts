import type { Patch, PatchOperation } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Change, Plan } from '../nodes/plan.ts';

/** Changes of the node that are sent in one request. */
export interface NodeChanges {
  /** `rule <uuid>`, or `undefined` for what the hooks decided. */
  readonly rule: string | undefined;
  readonly patch: Patch;
}

/**
 * The one change of the node in the pieces that the original would have sent: what the hooks decided, then each
 * change of a rule by itself, in their order. For the case that the whole is refused because of one of them.
 */
export function nodeChangesInTurn({ changes }: Plan): readonly NodeChanges[] {
  const ofNode = changes.filter(({ on }) => on === 'node');
  const byHooks = ofNode.filter(({ by }) => !isRule(by)).map(operationOf);
  const byRules = ofNode.filter(({ by }) => isRule(by));
  return [
    ...(byHooks.length > 0 ? [{ rule: undefined, patch: byHooks }] : []),
    ...byRules.map((change) => ({ rule: change.by, patch: [operationOf(change)] })),
  ];
}

/**
 * Makes a call for what a rule decided.
 *
 * @param by of the change: `rule <uuid>`, `hook <name>`.
 * @throws whatever the call throws; a refusal with the rule's UUID in front.
 */
export async function namingRule(by: string | undefined, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (cause) {
    const isRefusal = cause instanceof InspectorError && cause.kind === 'invalid';
    if (!isRefusal || by === undefined || !isRule(by)) throw cause;
    const message = `R${by.slice(1)}: ${cause.message}`;
    throw new InspectorError('invalid', message, { cause });
  }
}

function isRule(by: string): boolean {
  return by.startsWith('rule ');
}

function operationOf({ path, from, to }: Change): PatchOperation {
  if (to === undefined) return { op: 'remove', path };
  return { op: from === undefined ? 'add' : 'replace', path, value: to };
}
