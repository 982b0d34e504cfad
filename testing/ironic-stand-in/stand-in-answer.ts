/** An answer of the stand-in; `body` goes as JSON. */
export interface StandInAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A refusal, which a handler throws. */
export class StandInRefusal extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

/** An error as Ironic words it: JSON text within JSON. */
export function faultDocument(text: string) {
  return { error_message: JSON.stringify({ faultcode: 'Client', faultstring: text, debuginfo: null }) };
}
