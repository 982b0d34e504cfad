import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { RuleActionPlugin, RuleConditionPlugin, RuleParameters } from '../plugin-api/plugin-kinds.ts';
import {
  type ActionPlugin,
  type ConditionPlugin,
  checkParameters,
  type ParameterNames,
} from '../rules/rule-plugin.ts';
import { guardFor } from './guard.ts';
import { guardedNode } from './guarded-node.ts';
import { isExpected, pluginFailure } from './plugin-failure.ts';
import { type PluginOwner, partOf } from './plugin-owner.ts';

/** A plug-in's condition as one of the rules. */
export function pluggedCondition(condition: RuleConditionPlugin, owner: PluginOwner): ConditionPlugin {
  const { name, allowsMissingField = false } = condition;
  const who = partOf(owner, 'condition', name);
  const { options, log } = owner;
  const parameters = namesOf(condition.parameters, ['value']);
  return {
    name,
    parameters,
    allowsMissingField,
    validate: (params) => validated(condition, who, params, parameters),
    check({ field, params }) {
      const holds: unknown = called(who, log, () =>
        condition.check(structuredClone(field), structuredClone(params), { options, log }),
      );
      if (typeof holds === 'boolean') return holds;
      throw new InspectorError('internal', `${who}: expected check to return true or false${hintOf(holds)}`);
    },
  };
}

/** A plug-in's action as one of the rules. */
export function pluggedAction(action: RuleActionPlugin, owner: PluginOwner): ActionPlugin {
  const { name, formatted = [] } = action;
  const who = partOf(owner, 'action', name);
  const parameters = namesOf(action.parameters, []);
  return {
    name,
    parameters,
    formatted,
    validate: (params) => validated(action, who, params, parameters),
    apply({ node, params, log }) {
      const guard = guardFor(who);
      try {
        const { options } = owner;
        const result: unknown = called(who, log, () =>
          action.apply(guardedNode(node, log, guard), structuredClone(params), { options, log }),
        );
        const hint = hintOf(result);
        if (hint !== '')
          throw new InspectorError('internal', `${who}: expected apply to return nothing${hint}`);
      } finally {
        guard.end();
      }
    },
  };
}

function namesOf(given: RuleParameters | undefined, otherwise: readonly string[]): ParameterNames {
  if (given === undefined) return { required: otherwise, optional: [] };
  return { required: given.required ?? [], optional: given.optional ?? [] };
}

/** The reason becomes a part of the sentence for the client, which names condition or action already. */
function validated(
  plugin: Pick<RuleActionPlugin, 'validate'>,
  who: string,
  params: JsonObject,
  parameters: ParameterNames,
): void {
  checkParameters(params, parameters);
  try {
    plugin.validate?.(structuredClone(params));
  } catch (error) {
    if (isExpected(error)) throw new InspectorError(error.kind, error.message, { cause: error });
    throw pluginFailure(who, error);
  }
}

function called<T>(who: string, log: Logger, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const failure = pluginFailure(who, error);
    if (!isExpected(error)) log.error(failure.message, { error });
    throw failure;
  }
}

/** Rules are decided at once; what comes later has no effect, and must not end the process when it fails. */
function hintOf(result: unknown): string {
  if (!(result instanceof Promise)) return '';
  result.catch(() => {});
  return '; it is asynchronous, which conditions and actions cannot be. A processing hook can';
}
