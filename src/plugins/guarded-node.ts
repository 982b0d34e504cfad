import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeDraft } from '../nodes/node-draft.ts';
import type { PluginNode } from '../plugin-api/plugin-node.ts';
import type { Guard } from './guard.ts';
import { jsonCopy } from './json-copy.ts';

/** The draft for a plug-in: it gets copies, gives JSON, and can do nothing once its call has ended. */
export function guardedNode(draft: NodeDraft, log: Logger, guard: Guard): PluginNode {
  const open = () => {
    guard.check();
    return draft;
  };
  return {
    get uuid() {
      return draft.uuid;
    },
    get node() {
      return structuredClone(open().node);
    },
    get ports() {
      return structuredClone(open().ports);
    },
    patch: (operations, { resetInterfaces = false } = {}) =>
      open().patch(jsonCopy(operations) as unknown as Patch, { resetInterfaces }),
    updateProperties: (properties) => open().updateProperties(jsonCopy(properties) as JsonObject),
    setCapabilities: (capabilities) =>
      open().setCapabilities(jsonCopy(capabilities) as Record<string, string | null>, log),
    createPort: (port) =>
      open().createPort({ ...(jsonCopy(port) as JsonObject), address: asText(port.address) }),
    patchPort: (address, operations) =>
      open().patchPort(asText(address), jsonCopy(operations) as unknown as Patch),
    deletePort: (address) => open().deletePort(asText(address)),
    addTrait: (trait) => open().addTrait(asText(trait)),
    removeTrait: (trait) => open().removeTrait(asText(trait)),
  };
}

/** Plug-ins are not always written in TypeScript. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new InspectorError('invalid', `expected text, got ${value === null ? 'null' : `a ${typeof value}`}`);
}
