import type { NodeRecord } from '../src/nodes/node-record.ts';

export const recordedNodeUuid = '5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c01';

/** The record of a node that waits for its ramdisk, unless given. */
export function nodeRecord(fields: Partial<NodeRecord> = {}): NodeRecord {
  return {
    uuid: recordedNodeUuid,
    state: 'waiting',
    startedAt: '2026-11-22T13:36:35.123000',
    finishedAt: null,
    error: null,
    manageBoot: true,
    versionId: '0d4c3c1e-70a1-4c42-8a65-58a9ce5d1f17',
    ...fields,
  };
}
