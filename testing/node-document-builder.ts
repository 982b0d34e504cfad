import type { JsonObject } from '../src/json/json-value.ts';
import { newNode } from '../src/registry/new-node.ts';
import type { NodeDocument } from '../src/registry/node-document.ts';
import { testTime } from './registry-builder.ts';

/** A node as the registry keeps it, with these fields of its own, whether they can be set or not. */
export function nodeDocument(fields: JsonObject = {}): NodeDocument {
  const setting = {
    uuid: '11111111-1111-4111-8111-111111111111',
    now: testTime,
    provisionState: 'enroll',
  } as const;
  const driver = typeof fields.driver === 'string' ? fields.driver : 'fake-hardware';
  return { ...newNode({ driver }, setting), ...fields };
}
