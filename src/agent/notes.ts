/** A fact that could not be read, why, and how to get it. */
export interface Note {
  /** The member of the document, `inventory.system_vendor.serial_number`. */
  readonly fact: string;
  readonly reason: string;
  readonly remedy: string;
}

/** Collects what could not be read, so that the operator is told once, at the end. */
export interface Notes {
  add(fact: string, reason: string, remedy: string): void;
  all(): readonly Note[];
}

/** An empty collection. The same reason for the same fact is kept once. */
export function newNotes(): Notes {
  const kept = new Map<string, Note>();
  return {
    add: (fact, reason, remedy) => void kept.set(`${fact}\n${reason}`, { fact, reason, remedy }),
    all: () => [...kept.values()],
  };
}
