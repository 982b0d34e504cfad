import type { BareMetalService, Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { JsonValue } from '../json/json-value.ts';
import { looksSecret, maskSecrets } from '../logging/mask-secrets.ts';
import { told } from './hook-account.ts';

/** What plans are sent by. */
export type Sending = Pick<
  BareMetalService,
  'createPort' | 'patchPort' | 'deletePort' | 'patchNode' | 'addTrait' | 'removeTrait'
>;

/** One request to the bare metal service; secrets are masked. */
export interface SentAccount {
  /** `create port`, `update node`, `add trait`, ... */
  readonly what: string;
  /** UUID of the node or port. */
  readonly uuid: string;
  /** The port, the operations or the trait; a large one is left out. */
  readonly body: JsonValue;
  /** What the service said to it; `null` when it did it. */
  readonly refusal: { readonly kind: string; readonly message: string } | null;
}

/** UTF-16 units of JSON. */
const longestBody = 20_000;

/** A service that does what the given one does, and tells what it was asked, and what it refused. */
export function observedSending(service: Sending, tell: (account: SentAccount) => void): Sending {
  const observed = async <T>(what: string, uuid: string, body: JsonValue, call: () => Promise<T>) => {
    const kept = JSON.stringify(body).length > longestBody ? null : body;
    try {
      const answer = await call();
      tell({ what, uuid, body: kept, refusal: null });
      return answer;
    } catch (error) {
      const kind = error instanceof InspectorError ? error.kind : 'internal';
      tell({ what, uuid, body: kept, refusal: { kind, message: told(messageOf(error)) } });
      throw error;
    }
  };
  return {
    createPort: (port) =>
      observed('create port', port.node_uuid, maskSecrets({ ...port }) as JsonValue, () =>
        service.createPort(port),
      ),
    patchPort: (uuid, patch) =>
      observed('update port', uuid, maskedPatch(patch), () => service.patchPort(uuid, patch)),
    deletePort: (uuid) => observed('delete port', uuid, null, () => service.deletePort(uuid)),
    patchNode: (uuid, patch, options) =>
      observed('update node', uuid, maskedPatch(patch), () => service.patchNode(uuid, patch, options)),
    addTrait: (uuid, trait) => observed('add trait', uuid, trait, () => service.addTrait(uuid, trait)),
    removeTrait: (uuid, trait) =>
      observed('remove trait', uuid, trait, () => service.removeTrait(uuid, trait)),
  };
}

function maskedPatch(patch: Patch): JsonValue {
  return patch.map((operation) => {
    const { op, path } = operation;
    if (!('value' in operation)) return { op, path };
    return { op, path, value: looksSecret(path) ? '***' : (maskSecrets(operation.value) as JsonValue) };
  });
}
