import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { type Clock, timestampOf } from '../host/clock.ts';
import { pythonJson } from '../json/python-json.ts';
import type { PrioritizedRule, Rule, RuleSummary } from './rule.ts';
import { ruleDocument } from './rule-document.ts';
import { firstActions, orderedRules, prioritiesOf, setPriority } from './rule-order-rows.ts';
import { actionRows, conditionRows, ruleOf } from './rule-rows.ts';

/** UUIDs in one statement. */
const chunk = 500;

/** The introspection rules: the tables `rules`, `rule_conditions` and `rule_actions`. */
export class RuleStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Stores a rule that has been validated.
   *
   * @returns the rule as it is stored: characters that the engine refuses in raw text are replaced.
   * @throws InspectorError `conflict` when there is a rule of this UUID.
   */
  async create(rule: Rule): Promise<Rule> {
    const { dialect } = this.#database;
    const stored = this.#storable(rule);
    const createdAt = dialect.encodeTimestamp(timestampOf(this.#clock.now()));
    let runs = 0;
    try {
      await this.#database.transaction(async (transaction) => {
        runs += 1;
        if (await isTaken(transaction, rule.uuid)) {
          // A run before this one may have been stored although its answer was lost.
          if (runs > 1 && (await this.#holds(transaction, stored))) return;
          throw alreadyExists(rule.uuid);
        }
        await this.#insert(transaction, stored, createdAt);
      });
    } catch (error) {
      throw dialect.isUniqueViolation(error) ? alreadyExists(rule.uuid) : error;
    }
    return stored;
  }

  /** In the order in which they are evaluated. */
  async list(): Promise<RuleSummary[]> {
    return (await this.listWithPriorities()).map(({ priority: _priority, ...rule }) => rule);
  }

  /** The same with priorities: 0 unless it was set. */
  async listWithPriorities(): Promise<PrioritizedRule[]> {
    return orderedRules(this.#database);
  }

  /**
   * All rules with all that is in them, in the order in which they are evaluated. Conditions are read before
   * actions: of a rule that is deleted meanwhile, actions without their conditions must not be what is left.
   *
   * @throws InspectorError `internal` naming a rule that cannot be read.
   */
  async all(): Promise<Rule[]> {
    const summaries = await this.list();
    if (summaries.length === 0) return [];
    const { query, dialect } = this.#database;
    const allConditions = query.selectFrom('rule_conditions').orderBy('id');
    const conditions = await allConditions
      .select(['rule', 'op', 'field', 'multiple', 'invert', 'params'])
      .execute();
    const allActions = query.selectFrom('rule_actions').orderBy('id');
    const actions = await allActions.select(['rule', 'action', 'params']).execute();
    const conditionsOf = Map.groupBy(conditions, ({ rule }) => rule);
    const actionsOf = Map.groupBy(actions, ({ rule }) => rule);
    return summaries.map((rule) => {
      const rows = {
        rule,
        conditions: conditionsOf.get(rule.uuid) ?? [],
        actions: actionsOf.get(rule.uuid) ?? [],
      };
      return ruleOf(rows, dialect);
    });
  }

  /** @throws InspectorError `not-found` when there is none with exactly this UUID. */
  async get(uuid: string): Promise<Rule> {
    const rule = await this.#read(this.#database.query, uuid);
    if (rule === undefined) throw notFound(uuid);
    return rule;
  }

  /**
   * Puts a rule in the place of the one with its UUID, which keeps the time of its creation. A priority that is not
   * given stays.
   *
   * @returns the rule as it is stored.
   * @throws InspectorError `not-found` when there is none with exactly this UUID.
   */
  async update(rule: Rule, priority?: number): Promise<{ readonly rule: Rule; readonly priority: number }> {
    const stored = this.#storable(rule);
    const { uuid, description, scope } = stored;
    let current = 0;
    await replacing(this.#database, async (transaction) => {
      // Holds the row, so that of two updates one comes after the other.
      const row = transaction.updateTable('rules').set({ description, scope }).where('uuid', '=', uuid);
      await row.execute();
      if ((await summaryOf(transaction, uuid)) === undefined) throw notFound(uuid);
      const first = (await firstActions(transaction)).get(uuid);
      await transaction.deleteFrom('rule_actions').where('rule', '=', uuid).execute();
      await transaction.deleteFrom('rule_conditions').where('rule', '=', uuid).execute();
      await this.#insertParts(transaction, stored, first);
      if (priority !== undefined) await setPriority(transaction, uuid, priority);
      current = (await prioritiesOf(transaction)).get(uuid) ?? 0;
    });
    return { rule: stored, priority: current };
  }

  /** @throws InspectorError `not-found` when there is none with exactly this UUID. */
  async delete(uuid: string): Promise<void> {
    let found = false;
    await this.#database.transaction(async (transaction) => {
      if ((await summaryOf(transaction, uuid)) === undefined) return;
      // A run before this one may have been stored, and then there is nothing left.
      if (await deleteRules(transaction, [uuid])) found = true;
    });
    if (!found) throw notFound(uuid);
  }

  /** Those that there are when it begins. */
  async deleteAll(): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      const rows = await transaction.selectFrom('rules').select('uuid').execute();
      const uuids = rows.map(({ uuid }) => uuid);
      for (let at = 0; at < uuids.length; at += chunk) {
        await deleteRules(transaction, uuids.slice(at, at + chunk));
      }
    });
  }

  #storable(rule: Rule): Rule {
    const { dialect } = this.#database;
    return {
      ...rule,
      description: rule.description === null ? null : dialect.storableText(rule.description),
      scope: rule.scope === null ? null : dialect.storableText(rule.scope),
    };
  }

  async #insert(query: Queries, rule: Rule, createdAt: unknown): Promise<void> {
    const { dialect } = this.#database;
    const { uuid, description, scope } = rule;
    const row = { uuid, description, scope, created_at: createdAt, disabled: dialect.encodeBoolean(false) };
    await query.insertInto('rules').values(row).execute();
    // What was left of one that another service has deleted.
    await query.deleteFrom('rule_priorities').where('rule', '=', uuid).execute();
    await this.#insertParts(query, rule);
  }

  /** `first`: the id of the first action, which tells the turn of rules that are created at the same time. */
  async #insertParts(query: Queries, rule: Rule, first?: number): Promise<void> {
    const { dialect } = this.#database;
    const conditions = conditionRows(rule, dialect);
    if (conditions.length > 0) await query.insertInto('rule_conditions').values(conditions).execute();
    const [head, ...others] = actionRows(rule);
    if (head === undefined) return;
    const row = first === undefined ? head : { ...head, id: first };
    await query.insertInto('rule_actions').values(row).execute();
    if (others.length > 0) await query.insertInto('rule_actions').values(others).execute();
  }

  /**
   * Conditions before actions: of a rule that is deleted meanwhile, actions without their conditions must not
   * be what is left.
   */
  async #read(query: Queries, uuid: string): Promise<Rule | undefined> {
    const rule = await summaryOf(query, uuid);
    if (rule === undefined) return undefined;
    const ofRule = query.selectFrom('rule_conditions').where('rule', '=', uuid).orderBy('id');
    const conditions = await ofRule.select(['op', 'field', 'multiple', 'invert', 'params']).execute();
    const itsActions = query.selectFrom('rule_actions').where('rule', '=', uuid).orderBy('id');
    const actions = await itsActions.select(['action', 'params']).execute();
    return ruleOf({ rule, conditions, actions }, this.#database.dialect);
  }

  async #holds(query: Queries, rule: Rule): Promise<boolean> {
    const stored = await this.#read(query, rule.uuid);
    return stored !== undefined && textOf(stored) === textOf(rule);
  }
}

function textOf(rule: Rule): string {
  return pythonJson(ruleDocument(rule), rule.exactNumbers);
}

/** Whatever the engine holds for equal: MySQL compares without regard to case. */
async function isTaken(query: Queries, uuid: string): Promise<boolean> {
  const rows = await query.selectFrom('rules').select('uuid').where('uuid', '=', uuid).execute();
  return rows.length > 0;
}

async function summaryOf(query: Queries, uuid: string): Promise<RuleSummary | undefined> {
  const rows = query.selectFrom('rules').select(['uuid', 'description', 'scope']);
  return (await rows.where('uuid', '=', uuid).execute()).find((row) => row.uuid === uuid);
}

/** @returns whether there were any. */
async function deleteRules(query: Queries, uuids: readonly string[]): Promise<boolean> {
  await query.deleteFrom('rule_actions').where('rule', 'in', uuids).execute();
  await query.deleteFrom('rule_conditions').where('rule', 'in', uuids).execute();
  await query.deleteFrom('rule_priorities').where('rule', 'in', uuids).execute();
  const { numDeletedRows } = await query.deleteFrom('rules').where('uuid', 'in', uuids).executeTakeFirst();
  return numDeletedRows > 0n;
}

function alreadyExists(uuid: string): InspectorError {
  return new InspectorError('conflict', `Rule with UUID ${uuid} already exists`);
}

function notFound(uuid: string): InspectorError {
  return new InspectorError('not-found', `Rule ${uuid} was not found`);
}
