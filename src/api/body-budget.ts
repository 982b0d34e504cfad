import { InspectorError } from '../errors/inspector-error.ts';

/** What one request takes out of the budget. */
export interface BudgetShare {
  /** @throws InspectorError `unavailable` when there is not so much left, for everybody or for this client. */
  take(bytes: number): void;
  /** Gives back all that was taken. Calling it again does nothing. */
  release(): void;
}

/**
 * Bytes of request bodies that may be in memory at once, half received, or waiting for their answer. One
 * client address gets at most half of them, so that no client alone keeps all others out.
 */
export class BodyBudget {
  readonly #limit: number;
  readonly #byClient = new Map<string, number>();
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that are held at present. */
  get held(): number {
    return this.#held;
  }

  /** A share with nothing in it yet. */
  shareOf(client: string): BudgetShare {
    let taken = 0;
    return {
      take: (bytes) => {
        taken += bytes;
        this.#hold(client, bytes);
        if (this.#held > this.#limit || (this.#byClient.get(client) ?? 0) > this.#limit / 2) throw busy();
      },
      release: () => {
        this.#hold(client, -taken);
        taken = 0;
      },
    };
  }

  #hold(client: string, bytes: number): void {
    this.#held += bytes;
    const held = (this.#byClient.get(client) ?? 0) + bytes;
    if (held === 0) this.#byClient.delete(client);
    else this.#byClient.set(client, held);
  }
}

function busy(): InspectorError {
  return new InspectorError('unavailable', 'Too many request bodies are being received, try again later');
}
