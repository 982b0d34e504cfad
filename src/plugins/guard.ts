import { InspectorError } from '../errors/inspector-error.ts';

/** Lets a plug-in work on something until its call has ended. */
export interface Guard {
  /** @throws InspectorError `internal` once the call has ended. */
  check(): void;
  end(): void;
}

/** @param who For the message: `hook acme of plug-in acme-racks`. */
export function guardFor(who: string): Guard {
  const call = { hasEnded: false };
  return {
    check() {
      if (!call.hasEnded) return;
      throw new InspectorError(
        'internal',
        `${who} has ended, or taken too long; what it does now has no effect. Await what was begun before returning`,
      );
    },
    end() {
      call.hasEnded = true;
    },
  };
}
