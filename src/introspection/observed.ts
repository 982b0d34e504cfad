import { RunDocuments } from '../history/run-documents.ts';
import { Unwritten } from '../nodes/unwritten.ts';
import type { Introspection } from './introspection.ts';
import { RunAccount, type RunKind } from './run-account.ts';

/** Introspection while one run is written down. */
export interface Observed extends Introspection {
  readonly account: RunAccount;
  readonly unwritten: Unwritten;
  readonly documents: RunDocuments;
}

/** Begins to write a run down: its hooks are observed. */
export function observed(on: Introspection, kind: RunKind): Observed {
  const account = new RunAccount(kind, on.clock);
  const { documents = new RunDocuments() } = on;
  return { ...on, hooks: account.observe(on.hooks), account, unwritten: new Unwritten(), documents };
}

/** Keeps what was written down, with the next change of the node's record. */
export function keepAccount(
  { account, accounts, unwritten }: Pick<Observed, 'account' | 'accounts' | 'unwritten'>,
  failure: string | null,
): void {
  unwritten.add('account', accounts.writing(account.document(failure)));
}
