import type { BareMetalPort } from '../src/bare-metal/bare-metal-service.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { NodeDraft } from '../src/nodes/node-draft.ts';
import { bareMetalNode, bareMetalPort } from './bare-metal-builder.ts';

const draftedNodeUuid = '6b1d7a52-0b3c-4f0e-9a53-0c6f3f2d8e10';

/** The draft of a manageable node without properties, unless given, and with the given ports. */
export function nodeDraft(
  fields: JsonObject = {},
  ports: readonly (JsonObject & { address: string })[] = [],
): NodeDraft {
  const node = bareMetalNode({ uuid: draftedNodeUuid, power_state: 'power on', ...fields });
  return NodeDraft.of({ node, ports: ports.map((port, index) => portOf(port, index)) });
}

function portOf(port: JsonObject & { address: string }, index: number): BareMetalPort {
  const uuid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return bareMetalPort({ uuid, node_uuid: draftedNodeUuid, ...port });
}
