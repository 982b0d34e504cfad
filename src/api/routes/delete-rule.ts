import type { RuleStore } from '../../rules/rule-store.ts';
import { deleteRuleDocumentation } from '../openapi/operations/rules.ts';
import type { Route } from '../route.ts';

/** Deletes one rule. The UUID is taken as it is spelt. */
export const deleteRuleRoute = (rules: Pick<RuleStore, 'delete'>): Route => ({
  method: 'DELETE',
  path: '/v1/rules/<uuid>',
  policy: 'introspection:rule:delete',
  documentation: deleteRuleDocumentation,
  async handle(request) {
    const uuid = request.parameter('uuid');
    await rules.delete(uuid);
    request.log.info(`Rule ${uuid} is deleted`);
    return { status: 204 };
  },
});
