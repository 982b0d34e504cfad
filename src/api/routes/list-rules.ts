import type { RuleStore } from '../../rules/rule-store.ts';
import { listRulesDocumentation } from '../openapi/operations/rules.ts';
import type { Route } from '../route.ts';
import { ruleSummary } from './rule-reply.ts';

/** All rules in the order of their creation, which is the order in which they are run. There are no pages. */
export const listRulesRoute = (rules: Pick<RuleStore, 'list'>): Route => ({
  method: 'GET',
  path: '/v1/rules',
  policy: 'introspection:rule:get',
  documentation: listRulesDocumentation,
  async handle(request) {
    const all = await rules.list();
    return { status: 200, body: { rules: all.map((rule) => ruleSummary(rule, request)) } };
  },
});
