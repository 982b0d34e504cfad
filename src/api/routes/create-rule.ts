import { InspectorError } from '../../errors/inspector-error.ts';
import { parseJsonObject } from '../../json/parse-json.ts';
import type { RulePlugins } from '../../rules/rule-plugin.ts';
import type { RuleStore } from '../../rules/rule-store.ts';
import { validateRule } from '../../rules/validate-rule.ts';
import { createRuleDocumentation } from '../openapi/operations/rules.ts';
import type { Route } from '../route.ts';
import { ruleReply } from './rule-reply.ts';

/** Bytes; the largest rules in use have a few thousand. */
const largestRule = 1_048_576;

/** Since this version a new rule is answered with 201, before that with 200. */
const createdSince = { major: 1n, minor: 6n };

/** Creates a rule of the posted one (docs/compatibility.md, rule-not-json and rule-size). */
export const createRuleRoute = (
  rules: Pick<RuleStore, 'create'>,
  newUuid: () => string,
  plugins?: RulePlugins,
): Route => ({
  method: 'POST',
  path: '/v1/rules',
  policy: 'introspection:rule:create',
  documentation: createRuleDocumentation(largestRule),
  async handle(request) {
    const body = await request.readBody();
    if (body.length > largestRule) {
      throw new InspectorError(
        'too-large',
        `Rule too large: expected at most ${largestRule} bytes, got ${body.length}`,
      );
    }
    const rule = await rules.create(validateRule(parseJsonObject(body), newUuid, plugins));
    request.log.info(`Rule ${rule.uuid} is created, with scope ${JSON.stringify(rule.scope)}`);
    const { major, minor } = request.version;
    const isCreated = major > createdSince.major || minor >= createdSince.minor;
    return ruleReply(isCreated ? 201 : 200, rule, request);
  },
});
