import { InspectorError } from '../errors/inspector-error.ts';
import type { ExactNumbers } from '../json/exact-numbers.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { CompiledRules } from './compiled-rules.ts';
import { type FoundValue, findValues } from './json-path/find-values.ts';
import { ExpressionError } from './python-regex/expression-error.ts';
import { memberOf, type PythonValue, pythonValue } from './python-value/python-value.ts';
import type { Condition } from './rule.ts';
import type { ConditionPlugin } from './rule-plugin.ts';
import type { ConditionTrace } from './rule-trace.ts';
import { shownText, shownValue } from './shown-value.ts';

/** What a condition is checked with. */
export interface CheckedWith {
  readonly plugin: ConditionPlugin;
  readonly compiled: CompiledRules;
  /** Of the rule's parameters. */
  readonly exactNumbers: ExactNumbers;
  /** The document of either scheme. */
  document(scheme: 'data' | 'node'): ParsedJson<JsonObject>;
}

/** Values that are kept for the account of what a condition saw. */
const mostKept = 10;

/** What came of a condition. */
export interface CheckedCondition {
  readonly trace: ConditionTrace;
  /** Nothing was found at the field, and the condition wants something. */
  readonly isMissing: boolean;
}

/**
 * Checks one condition. A field that is not there makes the rule not match, with `invert` as well, unless the
 * condition takes it for null.
 *
 * @throws ExpressionError for an expression that cannot be evaluated; InspectorError `invalid` naming condition,
 *   field and value where a value makes no sense for the condition.
 */
export function checkCondition(condition: Condition, on: CheckedWith): CheckedCondition {
  const { field: path, multiple, invert } = condition;
  const { scheme, path: expression } = on.compiled.field(path);
  const source = on.document(scheme);
  const found = withPlace(condition, undefined, () => findValues(expression, source.value));
  const isMissing = found.length === 0 && !on.plugin.allowsMissingField;
  const values: readonly FoundValue[] =
    found.length === 0 && on.plugin.allowsMissingField ? [{ value: null, within: undefined }] : found;
  const seen: JsonValue[] = [];
  let holds = false;
  for (const value of values) {
    seen.push(value.value);
    const result = withPlace(condition, value.value, () => checkValue(condition, value, source, on));
    holds = invert ? !result : result;
    // Of a word that we do not know the last value counts, as in the original.
    if (multiple === 'first' || (multiple === 'all' && !holds) || (multiple === 'any' && holds)) break;
  }
  const kept = seen.slice(0, mostKept).map((value) => shownValue(value));
  return { trace: { ...condition, values: kept, holds }, isMissing };
}

function checkValue(
  { params }: Condition,
  { value, within }: FoundValue,
  source: ParsedJson<JsonObject>,
  on: CheckedWith,
): boolean {
  return on.plugin.check({
    field: value,
    params,
    pythonField: () =>
      within === undefined
        ? pythonValue(value, source.exactNumbers)
        : memberOf(within.container, within.key, value, source.exactNumbers),
    pythonParameter: (name) => parameterOf(params, name, on.exactNumbers),
    expression: (text, options) => on.compiled.expression(text, options),
  });
}

/** A parameter with 1 and 1.0 told apart; `null` for one that is not given. */
export function parameterOf(params: JsonObject, name: string, exactNumbers: ExactNumbers): PythonValue {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return value === undefined ? null : memberOf(params, name, value, exactNumbers);
}

/** docs/compatibility.md, rule-condition-failures */
function withPlace<T>({ op, field }: Condition, value: JsonValue | undefined, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof InspectorError) || cause instanceof ExpressionError) throw cause;
    const saw = value === undefined ? '' : ` with value ${shownText(value)}`;
    const message = `condition ${op} of field ${field}${saw}: ${cause.message}`;
    throw new InspectorError(cause.kind, message, { cause });
  }
}
