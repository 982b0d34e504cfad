import { InspectorError } from '../errors/inspector-error.ts';
import type { ExactNumbers } from '../json/exact-numbers.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { looksSecret, maskSecrets } from '../logging/mask-secrets.ts';
import { parameterOf } from './check-condition.ts';
import { IntrospectionFailed } from './introspection-failed.ts';
import { maskedChange } from './masked-change.ts';
import type { Action } from './rule.ts';
import type { ActionPlugin } from './rule-plugin.ts';
import type { RuleSubject } from './rule-subject.ts';
import type { ActionTrace } from './rule-trace.ts';
import { formatValue } from './value-format/format-value.ts';

/**
 * Runs one action on the draft.
 *
 * @param node is the rule's own view of the draft, so that changes are written down as the rule's.
 * @throws IntrospectionFailed with the rule's words; InspectorError naming the action.
 */
export function applyAction(
  { action, params: given }: Action,
  plugin: ActionPlugin,
  { data, node, log }: RuleSubject,
  exactNumbers: ExactNumbers,
): ActionTrace {
  const before = node.plan().changes.length;
  try {
    const params = formatted(given, plugin, data, exactNumbers);
    const pythonParameter = (name: string) => parameterOf(params, name, exactNumbers);
    plugin.apply({ params, node, log, pythonParameter });
    const changes = node.plan().changes.slice(before).map(maskedChange);
    return { action, params: maskedParams(params), changes };
  } catch (cause) {
    if (!(cause instanceof InspectorError) || cause instanceof IntrospectionFailed) throw cause;
    throw new InspectorError(cause.kind, `action ${action}: ${cause.message}`, { cause });
  }
}

/** The rule itself stays as it is. */
function formatted(
  params: JsonObject,
  plugin: ActionPlugin,
  data: RuleSubject['data'],
  exactNumbers: ExactNumbers,
): JsonObject {
  const copy = { ...params };
  exactNumbers.follow(params, copy);
  for (const name of plugin.formatted) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value !== undefined) copy[name] = formattedValue(name, value, data, exactNumbers);
  }
  return copy;
}

function formattedValue(
  name: string,
  value: JsonValue,
  data: RuleSubject['data'],
  exactNumbers: ExactNumbers,
): JsonValue {
  try {
    return formatValue(value, data, exactNumbers);
  } catch (cause) {
    if (!(cause instanceof InspectorError)) throw cause;
    throw new InspectorError(cause.kind, `invalid format of ${name}: ${cause.message}`, { cause });
  }
}

/** A secret stands in `value`, and its name in `path`. */
function maskedParams(params: JsonObject): JsonObject {
  const isSecret = typeof params.path === 'string' && looksSecret(params.path);
  const shown = isSecret && Object.hasOwn(params, 'value') ? { ...params, value: '***' } : params;
  return maskSecrets(shown) as JsonObject;
}
