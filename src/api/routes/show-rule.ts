import type { RuleStore } from '../../rules/rule-store.ts';
import { showRuleDocumentation } from '../openapi/operations/rules.ts';
import type { Route } from '../route.ts';
import { ruleReply } from './rule-reply.ts';

/** One rule with its conditions and actions. The UUID is taken as it is spelt. */
export const showRuleRoute = (rules: Pick<RuleStore, 'get'>): Route => ({
  method: 'GET',
  path: '/v1/rules/<uuid>',
  policy: 'introspection:rule:get',
  documentation: showRuleDocumentation,
  async handle(request) {
    return ruleReply(200, await rules.get(request.parameter('uuid')), request);
  },
});
