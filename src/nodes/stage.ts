import type { Timestamp } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';

/** What an introspection goes through on its way, in the order of that way; each is recorded once at most. */
export const stageNames = [
  'pxe-access-opened',
  'boot-device-set',
  'power-on-acknowledged',
  'dhcp-request-seen',
  'dhcp-request-ignored',
  'dhcp-offer-sent',
  'dhcp-lease-given',
  'boot-file-missing',
  'boot-file-fetched',
  'callback-received',
  'powered-off',
] as const;

export type StageName = (typeof stageNames)[number];

/** A stage that is reached, and what shows that it is. */
export interface Stage {
  readonly stage: StageName;
  readonly at: Timestamp;
  /** Small, and without secrets. */
  readonly evidence: JsonObject;
}

/** What was recorded of a stage. */
export interface RecordedStage extends Stage {
  /** When it was seen last. */
  readonly lastAt: Timestamp;
  /** How often it was seen. */
  readonly times: number;
}

/** Something that another service was seen doing for a machine, as often as it was within a moment. */
export interface Sighting extends Stage {
  /** Lower case. */
  readonly mac: string;
  readonly times: number;
}
