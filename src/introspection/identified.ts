import type { Release } from '../coordination/locks.ts';
import type { NodeRecord } from '../nodes/node-record.ts';

/** The node with its lock, an earlier answer, or why there is neither. */
export type Identified =
  | {
      readonly node: {
        readonly record: NodeRecord;
        readonly release: Release;
        /** What told, for the log: `Identified by 2 MAC addresses`. */
        readonly by: string;
      };
      readonly answer?: never;
    }
  | { readonly node: undefined; readonly answer: Answer }
  | { readonly node: undefined; readonly answer?: never; readonly failure: string };

/** What a ramdisk is told of the node that its document was processed for. */
export interface Answer {
  readonly uuid: string;
}
