import type { JsonObject } from '../src/json/json-value.ts';
import { newPort } from '../src/registry/new-port.ts';
import type { PortDocument } from '../src/registry/node-document.ts';
import { testTime } from './registry-builder.ts';

/** A port as the registry keeps it, of this node, with these fields of its own. */
export function portDocument(nodeUuid: string, fields: JsonObject = {}): PortDocument {
  const setting = { uuid: '22222222-2222-4222-8222-222222222222', now: testTime };
  const port = newPort({ node_uuid: nodeUuid, address: '52:54:00:00:00:01' }, setting);
  return { ...port, ...fields };
}
