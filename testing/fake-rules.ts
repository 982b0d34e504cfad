import type { ApiDependencies } from '../src/api/api-dependencies.ts';
import { InspectorError } from '../src/errors/inspector-error.ts';
import type { Rule } from '../src/rules/rule.ts';

/** Rules in memory, in the order in which they were created. */
export function fakeRules(): ApiDependencies['rules'] {
  const rules = new Map<string, Rule>();
  const priorities = new Map<string, number>();
  const missing = (uuid: string) => new InspectorError('not-found', `Rule ${uuid} was not found`);
  return {
    async create(rule) {
      if (rules.has(rule.uuid)) {
        throw new InspectorError('conflict', `Rule with UUID ${rule.uuid} already exists`);
      }
      rules.set(rule.uuid, rule);
      return rule;
    },
    list: async () => [...rules.values()],
    listWithPriorities: async () =>
      [...rules.values()].map((rule) => ({ ...rule, priority: priorities.get(rule.uuid) ?? 0 })),
    async update(rule, priority) {
      if (!rules.has(rule.uuid)) throw missing(rule.uuid);
      rules.set(rule.uuid, rule);
      if (priority !== undefined) priorities.set(rule.uuid, priority);
      return { rule, priority: priorities.get(rule.uuid) ?? 0 };
    },
    async get(uuid) {
      const rule = rules.get(uuid);
      if (rule === undefined) throw missing(uuid);
      return rule;
    },
    async delete(uuid) {
      if (!rules.delete(uuid)) throw missing(uuid);
    },
    deleteAll: async () => rules.clear(),
  };
}
