import type { ComponentKind } from './component.ts';

/** What became of a component. */
export type ChangeKind =
  | 'added'
  | 'removed'
  | 'replaced'
  | 'moved'
  | 'carrier-lost'
  | 'carrier-found'
  | 'firmware-changed'
  | 'changed';

/** One property, before and after; `null` where it had or has none. */
export interface ChangedProperty {
  readonly property: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What became of one component between two runs. */
export interface HardwareChange {
  readonly component: ComponentKind;
  /** What it is called in the later run; in the earlier one where it is gone. Empty for what there is one of. */
  readonly name: string;
  readonly change: ChangeKind;
  readonly properties: readonly ChangedProperty[];
  /** False where what was reported allows another reading, too. */
  readonly certain: boolean;
  /** The same in a sentence. */
  readonly summary: string;
}

/** What two runs of a node have found, compared. */
export interface HardwareDifference {
  readonly changes: readonly HardwareChange[];
  /** What only one of the two runs has reported at all, so that it says nothing. */
  readonly notCompared: readonly string[];
}
