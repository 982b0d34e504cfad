import type { RuleStore } from '../../rules/rule-store.ts';
import { deleteAllRulesDocumentation } from '../openapi/operations/rules.ts';
import type { Route } from '../route.ts';

/** Deletes all rules; also for `/v1/rules/`, as everywhere a slash at the end changes nothing. */
export const deleteAllRulesRoute = (rules: Pick<RuleStore, 'deleteAll'>): Route => ({
  method: 'DELETE',
  path: '/v1/rules',
  policy: 'introspection:rule:delete',
  documentation: deleteAllRulesDocumentation,
  async handle(request) {
    await rules.deleteAll();
    request.log.info('All rules are deleted');
    return { status: 204 };
  },
});
