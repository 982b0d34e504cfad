import type { ProcessingHook } from '../hooks/processing-hook.ts';
import { type Clock, timestampOf } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuleTrace } from '../rules/rule-trace.ts';
import { type HookAccount, observedHooks, told } from './hook-account.ts';
import { ruleAccount } from './rule-account.ts';
import { observedSending, type Sending, type SentAccount } from './sent-account.ts';

/** What brought the data that is processed. */
export type RunKind = 'callback' | 'reapply' | 'interrupted';

/** Requests of one run that are kept; a machine with more ports has the rest in the log. */
const mostSent = 1000;

/** UTF-16 units of JSON that all rules together may have; beyond, what conditions saw is left out. */
const longestRules = 500_000;

/** Writes down one run as it goes: what hooks did, what rules saw, what was sent. Nothing in it is secret. */
export class RunAccount {
  readonly #kind: RunKind;
  readonly #begunAt: string;
  readonly #clock: Clock;
  readonly #hooks: (HookAccount & { readonly ended_at: string })[] = [];
  readonly #sent: SentAccount[] = [];
  #foundBy: string | null = null;
  #rules: readonly JsonObject[] = [];
  #ruledAt: string | null = null;
  #omitted = 0;

  constructor(kind: RunKind, clock: Clock) {
    this.#kind = kind;
    this.#clock = clock;
    this.#begunAt = this.#now();
  }

  /** Hooks that are written down. */
  observe(hooks: readonly ProcessingHook[]): readonly ProcessingHook[] {
    return observedHooks(hooks, (account) => this.#hooks.push({ ...account, ended_at: this.#now() }));
  }

  /** A bare metal service whose requests are written down. */
  observeSending(service: Sending): Sending {
    return observedSending(service, (account) => {
      if (this.#sent.length < mostSent) this.#sent.push(account);
      else this.#omitted += 1;
    });
  }

  /** How the node was found, in a sentence. */
  foundBy(sentence: string): void {
    this.#foundBy = sentence;
  }

  /** What rules did. */
  ruled(traces: readonly RuleTrace[], rules: readonly Rule[]): void {
    this.#ruledAt = this.#now();
    const byUuid = new Map(rules.map((rule) => [rule.uuid, rule]));
    const accounts = traces.map((trace) => ruleAccount(trace, byUuid.get(trace.uuid)));
    const isLong = JSON.stringify(accounts).length > longestRules;
    this.#rules = isLong ? accounts.map((one) => ({ ...one, conditions: [], actions: [] })) : accounts;
  }

  /** All of it so far. `failure`: why the run went wrong, `null` when it did not. */
  document(failure: string | null): JsonObject {
    return {
      kind: this.#kind,
      began_at: this.#begunAt,
      found_by: this.#foundBy,
      hooks: this.#hooks.map((one) => ({ ...one, data: [...one.data], warnings: [...one.warnings] })),
      ruled_at: this.#ruledAt,
      rules: [...this.#rules],
      sent: this.#sent.map(({ refusal, ...one }) => ({ ...one, refusal: refusal && { ...refusal } })),
      sent_omitted: this.#omitted,
      failure: failure === null ? null : told(failure),
      ended_at: this.#now(),
    };
  }

  #now(): string {
    return timestampOf(this.#clock.now());
  }
}
