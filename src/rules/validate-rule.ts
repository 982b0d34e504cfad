import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import { isTruthy } from '../inventory/is-truthy.ts';
import { kindOf } from '../inventory/kind-of.ts';
import type { ExactNumbers } from '../json/exact-numbers.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import { pythonJson } from '../json/python-json.ts';
import { actionBuiltIns } from './actions/built-ins.ts';
import { actionSchema, checkSchema, conditionSchema } from './check-schema.ts';
import { conditionBuiltIns } from './conditions/built-ins.ts';
import { parseField } from './field-path.ts';
import type { Action, Condition, Multiple, Rule } from './rule.ts';
import type { ActionPlugin, ConditionPlugin, RulePlugins } from './rule-plugin.ts';
import { checkTemplates } from './value-format/format-value.ts';

/** Every condition and action that comes with the service. */
const builtIns: RulePlugins = { conditions: conditionBuiltIns, actions: actionBuiltIns };

/** The column's width in characters; of a UUID that is its usual spelling. */
export const longestScope = 255;
const longestUuid = 36;

/** Bytes of MySQL's TEXT columns; the same everywhere, so that a database can be moved. */
const longestText = 65_535;

/**
 * Makes a rule of what a client sent, with its defaults. What it does not know is left out.
 *
 * @param newUuid for a rule that comes without one.
 * @throws InspectorError `invalid` with the original's sentence for the first thing that is wrong: UUID, scope,
 *   description, all conditions, all actions.
 */
export function validateRule(
  { value: body, exactNumbers }: ParsedJson<JsonObject>,
  newUuid: () => string,
  plugins: RulePlugins = builtIns,
): Rule {
  const member = (name: string, otherwise: JsonValue): JsonValue =>
    Object.hasOwn(body, name) ? (body[name] ?? null) : otherwise;
  const uuid = uuidOf(member('uuid', null)) ?? newUuid();
  const scope = scopeOf(member('scope', null));
  const description = descriptionOf(member('description', null));
  const ofConditions = conditionSchema([...plugins.conditions.keys()]);
  const conditions = checkSchema('conditions', member('conditions', []), ofConditions).map((item) =>
    conditionOf(item, plugins.conditions, exactNumbers),
  );
  const ofActions = actionSchema([...plugins.actions.keys()]);
  const actions = checkSchema('actions', member('actions', []), ofActions).map((item) =>
    actionOf(item, plugins.actions, exactNumbers),
  );
  return { uuid, description, scope, conditions, actions, exactNumbers };
}

/** `undefined` for what Python takes for nothing; then a new one is made. */
function uuidOf(value: JsonValue): string | undefined {
  if (!isTruthy(value)) return undefined;
  // Longer spellings do not fit the column (docs/compatibility.md, rule-uuid-length).
  const isUuid =
    typeof value === 'string' && value.length <= longestUuid && canonicalUuid(value) !== undefined;
  if (isUuid) return value;
  throw new InspectorError('invalid', 'Invalid UUID value');
}

/** docs/compatibility.md, rule-text-members */
function scopeOf(value: JsonValue): string | null {
  if (value !== null && typeof value !== 'string') {
    throw new InspectorError('invalid', `Invalid scope: expected text or null, got ${kindOf(value)}`);
  }
  if (value === null || Array.from(value).length <= longestScope) return value;
  throw new InspectorError(
    'invalid',
    `Invalid scope: the length of the scope should be within ${longestScope} characters`,
  );
}

/** docs/compatibility.md, rule-text-members */
function descriptionOf(value: JsonValue): string | null {
  if (value !== null && typeof value !== 'string') {
    throw new InspectorError('invalid', `Invalid description: expected text or null, got ${kindOf(value)}`);
  }
  const bytes = value === null ? 0 : Buffer.byteLength(value);
  if (bytes <= longestText) return value;
  throw new InspectorError(
    'invalid',
    `Invalid description: expected at most ${longestText} bytes of UTF-8, got ${bytes}`,
  );
}

/** Of an item that has passed the schema. */
function conditionOf(
  item: JsonObject,
  plugins: ReadonlyMap<string, ConditionPlugin>,
  exactNumbers: ExactNumbers,
): Condition {
  const checked = item as JsonObject & Pick<Condition, 'op' | 'field'> & Partial<Checked>;
  const { op, field, multiple = 'any', invert = false, ...params } = checked;
  exactNumbers.follow(item, params);
  parseField(field);
  checkPlugin(`operator ${op}`, plugins.get(op), params, exactNumbers);
  return { op, field, multiple, invert, params };
}

/** Members with defaults. */
type Checked = { multiple: Multiple; invert: boolean };

/** Of an item that has passed the schema. */
function actionOf(
  item: JsonObject,
  plugins: ReadonlyMap<string, ActionPlugin>,
  exactNumbers: ExactNumbers,
): Action {
  const { action, ...params } = item as JsonObject & Pick<Action, 'action'>;
  exactNumbers.follow(item, params);
  const plugin = plugins.get(action);
  checkPlugin(`action ${action}`, plugin, params, exactNumbers);
  for (const name of plugin?.formatted ?? []) checkTemplate(action, name, params);
  return { action, params };
}

/** The original notices it at the first machine (docs/compatibility.md, rule-format-check). */
function checkTemplate(action: string, name: string, params: JsonObject): void {
  try {
    checkTemplates(Object.hasOwn(params, name) ? (params[name] ?? null) : null);
  } catch (cause) {
    const message = `Invalid parameters for action ${action}: invalid format of ${name}: ${messageOf(cause)}`;
    throw new InspectorError('invalid', message, { cause });
  }
}

function checkPlugin(
  what: string,
  plugin: Pick<ActionPlugin, 'validate'> | undefined,
  params: JsonObject,
  exactNumbers: ExactNumbers,
): void {
  try {
    plugin?.validate(params);
    const { length } = pythonJson(params, exactNumbers);
    // docs/compatibility.md, rule-size
    if (length > longestText) {
      throw new InspectorError('invalid', `expected at most ${longestText} bytes of JSON, got ${length}`);
    }
  } catch (cause) {
    if (!(cause instanceof InspectorError)) throw cause;
    throw new InspectorError('invalid', `Invalid parameters for ${what}: ${cause.message}`, { cause });
  }
}
