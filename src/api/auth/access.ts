import type { HttpRequest } from '../http-message.ts';

/** Who asks, as far as the request says. */
export type AccessRequest = Pick<HttpRequest, 'headers' | 'method' | 'target'>;

/** What is asked for. */
export interface Wanted {
  /** The rule of the policy that decides. */
  readonly policy: string;
  /** Whether it can be asked without credentials. */
  readonly public: boolean;
}

/** Why a request is not let in, as an answer. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 500 | 503;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Decides which requests are let in. One for the whole API. */
export interface Access {
  /** `undefined` for a request that is let in. It never rejects: what cannot be decided is refused. */
  refusal(request: AccessRequest, wanted: Wanted): Promise<Refusal | undefined>;
  close(): Promise<void>;
}
