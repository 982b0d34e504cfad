import type { Database, Queries } from '../database/database.ts';
import type { PrioritizedRule } from './rule.ts';

/**
 * The rules in the order in which they are evaluated: those of higher priority first, else in the order of their
 * creation. Where times are equal (MySQL's are whole seconds) the ids of actions tell who came first
 * (docs/compatibility.md, rule-order).
 */
export async function orderedRules({ query, dialect }: Database): Promise<PrioritizedRule[]> {
  const columns = query.selectFrom('rules').select(['uuid', 'description', 'scope', 'created_at']);
  const rows = await columns.orderBy('created_at').execute();
  if (rows.length === 0) return [];
  const priorities = await prioritiesOf(query);
  const sequence = await firstActions(query);
  const keyed = rows.map(({ created_at, ...rule }) => ({
    rule: { ...rule, priority: priorities.get(rule.uuid) ?? 0 },
    time: dialect.decodeTimestamp(created_at) ?? '',
    turn: sequence.get(rule.uuid) ?? 0,
  }));
  keyed.sort(
    (a, b) =>
      b.rule.priority - a.rule.priority ||
      compare(a.time, b.time) ||
      a.turn - b.turn ||
      compare(a.rule.uuid, b.rule.uuid),
  );
  return keyed.map(({ rule }) => rule);
}

/** Of the rules that have one. */
export async function prioritiesOf(query: Queries): Promise<ReadonlyMap<string, number>> {
  const rows = await query.selectFrom('rule_priorities').select(['rule', 'priority']).execute();
  return new Map(rows.map(({ rule, priority }) => [rule, priority]));
}

/** 0 is that of rules that have none. */
export async function setPriority(query: Queries, uuid: string, priority: number): Promise<void> {
  await query.deleteFrom('rule_priorities').where('rule', '=', uuid).execute();
  if (priority !== 0) await query.insertInto('rule_priorities').values({ rule: uuid, priority }).execute();
}

/** The smallest id of each rule's actions, of which every rule has one. */
export async function firstActions(query: Queries): Promise<ReadonlyMap<string | null, number>> {
  const actions = query.selectFrom('rule_actions').groupBy('rule');
  const rows = await actions.select(({ fn }) => ['rule', fn.min('id').as('first')]).execute();
  return new Map(rows.map(({ rule, first }) => [rule, first]));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
