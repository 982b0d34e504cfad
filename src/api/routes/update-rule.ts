import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { parseJsonObject } from '../../json/parse-json.ts';
import type { RulePlugins } from '../../rules/rule-plugin.ts';
import type { RuleStore } from '../../rules/rule-store.ts';
import { validateRule } from '../../rules/validate-rule.ts';
import { updateRuleDocumentation } from '../openapi/operations/rule-changes.ts';
import type { Route } from '../route.ts';
import { ruleReply } from './rule-reply.ts';

/** Bytes, as of a new rule. */
const largestRule = 1_048_576;

/** Of an integer column on every engine, and more than anybody counts to. */
const largestPriority = 1_000_000;

/** Puts a rule in the place of the one with this UUID, which keeps its turn; its priority changes when one is given. */
export const updateRuleRoute = (rules: Pick<RuleStore, 'update'>, plugins?: RulePlugins): Route => ({
  method: 'PUT',
  path: '/v1/rules/<uuid>',
  policy: 'introspection:rule:update',
  unlisted: true,
  documentation: updateRuleDocumentation,
  async handle(request) {
    const body = await request.readBody();
    if (body.length > largestRule) {
      const sizes = `expected at most ${largestRule} bytes, got ${body.length}`;
      throw new InspectorError('too-large', `Rule too large: ${sizes}`);
    }
    const uuid = request.parameter('uuid');
    const { value, exactNumbers } = parseJsonObject(body);
    const { uuid: named = uuid, priority, ...rest } = value;
    exactNumbers.follow(value, rest);
    if (named !== uuid) {
      throw new InspectorError('invalid', `Invalid uuid: expected ${uuid} as in the path, or none`);
    }
    const validated = validateRule({ value: rest, exactNumbers }, () => uuid, plugins);
    const updated = await rules.update(validated, priorityOf(priority));
    request.log.info(`Rule ${uuid} is updated; its priority is ${updated.priority}`);
    return ruleReply(200, updated.rule, request, { priority: updated.priority });
  },
});

function priorityOf(value: JsonValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  const isPriority =
    typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= largestPriority;
  if (isPriority) return value;
  throw new InspectorError(
    'invalid',
    `Invalid priority: expected a whole number from -${largestPriority} to ${largestPriority}`,
  );
}
