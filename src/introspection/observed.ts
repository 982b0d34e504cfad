import { messageOf } from '../errors/inspector-error.ts';
import type { Introspection } from './introspection.ts';
import { RunAccount, type RunKind } from './run-account.ts';

/** Introspection while one run is written down. */
export interface Observed extends Introspection {
  readonly account: RunAccount;
}

/** Begins to write a run down: its hooks are observed. */
export function observed(on: Introspection, kind: RunKind): Observed {
  const account = new RunAccount(kind, on.clock);
  return { ...on, hooks: account.observe(on.hooks), account };
}

/** Keeps what was written down. It is for people to read, so that an introspection does not fail for want of it. */
export async function keepAccount(
  { account, accounts, log }: Pick<Observed, 'account' | 'accounts' | 'log'>,
  nodeUuid: string,
  failure: string | null,
): Promise<void> {
  try {
    await accounts.save(nodeUuid, account.document(failure));
  } catch (error) {
    log.warning(`The account of this run could not be stored: ${messageOf(error)}`);
  }
}
