import type { RuleStore } from '../../rules/rule-store.ts';
import { rulePrioritiesDocumentation } from '../openapi/operations/rule-changes.ts';
import type { Route } from '../route.ts';
import { ruleSummary } from './rule-reply.ts';

/** The rules in the order in which they are run, with their priorities, which the original's answers have no place for. */
export const rulePrioritiesRoute = (rules: Pick<RuleStore, 'listWithPriorities'>): Route => ({
  method: 'GET',
  path: '/v1/rules/priorities',
  policy: 'introspection:rule:get',
  documentation: rulePrioritiesDocumentation,
  async handle(request) {
    const all = await rules.listWithPriorities();
    const rows = all.map(({ priority, ...rule }) => ({ ...ruleSummary(rule, request), priority }));
    return { status: 200, body: { rules: rows } };
  },
});
