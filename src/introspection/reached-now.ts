import { type Clock, timestampOf } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Stage, StageName } from '../nodes/stage.ts';

/** A stage that is reached at this moment, and what shows it. */
export function reachedNow(clock: Clock, stage: StageName, evidence: JsonObject): Stage {
  return { stage, at: timestampOf(clock.now()), evidence };
}
