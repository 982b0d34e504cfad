import type { ApiDependencies } from '../src/api/api-dependencies.ts';
import { InspectorError } from '../src/errors/inspector-error.ts';
import type { Rule } from '../src/rules/rule.ts';

/** Rules in memory, in the order in which they were created. */
export function fakeRules(): ApiDependencies['rules'] {
  const rules = new Map<string, Rule>();
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
