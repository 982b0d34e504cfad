import { InspectorError } from '../errors/inspector-error.ts';
import type { Migration } from './migrations/migration.ts';
import { ownMigrations } from './migrations/own/built-ins.ts';
import { referenceMigrations } from './migrations/reference/built-ins.ts';

/** `reference`: the original's tables, version in `alembic_version`; `own`: ours, in `inspector_schema_history`. */
export type HistoryName = 'reference' | 'own';

/** One step, and which history it belongs to. */
export interface Located {
  readonly kind: 'revision';
  readonly history: HistoryName;
  readonly migration: Migration;
}

/** What an operator may name as a revision: one step, the beginning, or the newest of both histories. */
export type Target = Located | { readonly kind: 'base' } | { readonly kind: 'head' };

/** Both histories, each oldest first. The original's comes first: ours builds on its newest tables. */
export const histories: Readonly<Record<HistoryName, readonly Migration[]>> = {
  reference: referenceMigrations,
  own: ownMigrations,
};

/** Alembic takes no abbreviation for a revision of fewer characters. */
const shortestRevision = 4;

/**
 * Finds what `--revision` names: a revision, the only one that begins so, `head` or `heads`, or `base`.
 *
 * @throws InspectorError `not-found` with Alembic's words when there is none, or more than one.
 */
export function locateRevision(ident: string): Target {
  if (ident === 'head' || ident === 'heads') return { kind: 'head' };
  if (ident === 'base') return { kind: 'base' };
  const all = locatedRevisions();
  const exact = all.find(({ migration }) => migration.revision === ident);
  if (exact !== undefined) return exact;
  const [first, ...others] = all.filter(
    ({ migration: { revision } }) => revision.length >= shortestRevision && revision.startsWith(ident),
  );
  if (first === undefined || others.length > 0) {
    throw new InspectorError('not-found', `Can't locate revision identified by '${ident}'`);
  }
  return first;
}

/** The newest revision of a history. */
export function headOf(history: HistoryName): string {
  return histories[history].at(-1)?.revision ?? 'none';
}

/** The newest of our revisions that are done, given in any order; those that this version does not know do not count. */
export function newestOwn(done: readonly string[]): string | null {
  return histories.own.findLast(({ revision }) => done.includes(revision))?.revision ?? null;
}

/** A history from its beginning to this revision. */
export function stepsUpTo(history: HistoryName, revision: string): readonly Migration[] {
  const steps = histories[history];
  return steps.slice(0, 1 + steps.findIndex((step) => step.revision === revision));
}

function locatedRevisions(): Located[] {
  return (['reference', 'own'] as const).flatMap((history) =>
    histories[history].map((migration) => ({ kind: 'revision' as const, history, migration })),
  );
}
