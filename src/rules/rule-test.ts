import { isDeepStrictEqual } from 'node:util';
import type { BareMetalPort } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import { silentLogger } from '../logging/logger.ts';
import { netChanges } from '../nodes/net-changes.ts';
import { NodeDraft } from '../nodes/node-draft.ts';
import type { Change } from '../nodes/plan.ts';
import type { Rule } from './rule.ts';
import { RuleEngine } from './rule-engine.ts';
import type { RuleTrace } from './rule-trace.ts';

/** What should become of a machine's data under rules. */
export interface RuleTest {
  readonly name: string;
  /** As the hooks leave it. */
  readonly data: ParsedJson<JsonObject>;
  /** Members of the node that matter. */
  readonly node: JsonObject;
  /** Each with its `address`. */
  readonly ports: readonly JsonObject[];
  readonly expect: RuleExpectation;
}

/** What a test expects; what is not given is not looked at, but for a failure. */
export interface RuleExpectation {
  /**
   * All that changes: by `node`, `port <mac>` or `trait`, then by JSON pointer or trait; `null` for what is
   * removed.
   */
  readonly changes?: Readonly<Record<string, JsonObject>>;
  /** Outcomes by UUID or description. */
  readonly rules?: Readonly<Record<string, string>>;
  /** The words in which the introspection fails; without, it must not. */
  readonly failure?: string;
}

/** What is not as it was expected, a sentence each; none when all is. */
export function problemsOf(rules: readonly Rule[], test: RuleTest, engine = new RuleEngine()): string[] {
  const draft = NodeDraft.of(snapshotOf(test));
  const { traces, failure } = engine.evaluate(rules, { data: test.data, node: draft, log: silentLogger() });
  const { changes, rules: outcomes } = test.expect;
  return [
    ...failureProblems(failure, test.expect.failure),
    ...(changes === undefined ? [] : changeProblems(netChanges(draft.plan().changes), changes)),
    ...Object.entries(outcomes ?? {}).flatMap(([name, outcome]) => outcomeProblems(traces, name, outcome)),
  ];
}

function snapshotOf({ node, ports }: RuleTest) {
  const uuid = '00000000-0000-4000-8000-000000000000';
  const usual = {
    uuid,
    name: null,
    driver: 'fake-hardware',
    driver_info: {},
    properties: {},
    extra: {},
    provision_state: 'manageable',
    power_state: null,
  };
  const portOf = (port: JsonObject, index: number): BareMetalPort => ({
    uuid: `00000000-0000-4000-8001-${String(index).padStart(12, '0')}`,
    address: '',
    node_uuid: uuid,
    extra: {},
    pxe_enabled: true,
    ...port,
  });
  return { node: { ...usual, ...node }, ports: ports.map(portOf) };
}

function failureProblems(failure: unknown, expected: string | undefined): string[] {
  if (failure !== undefined && !(failure instanceof InspectorError)) throw failure;
  const message = failure === undefined ? undefined : messageOf(failure);
  if (message === expected) return [];
  if (message === undefined) return [`expected the failure "${expected}", got none`];
  return [
    `expected ${expected === undefined ? 'no failure' : `the failure "${expected}"`}, got "${message}"`,
  ];
}

function changeProblems(
  changes: readonly Change[],
  expected: Readonly<Record<string, JsonObject>>,
): string[] {
  const got = new Map(changes.map(({ on, path, to }) => [`${on} ${path}`.trimEnd(), to ?? null]));
  const wanted = new Map(
    Object.entries(expected).flatMap(([on, values]) =>
      Object.entries(values).map(([path, value]) => [`${on} ${path}`.trimEnd(), value] as const),
    ),
  );
  const missing = [...wanted].flatMap(([place, value]) => {
    const is = got.get(place);
    if (is === undefined) return [`${place}: expected ${shown(value)}, but nothing changes`];
    return isDeepStrictEqual(is, value) ? [] : [`${place}: expected ${shown(value)}, got ${shown(is)}`];
  });
  const surplus = [...got].flatMap(([place, value]) =>
    wanted.has(place) ? [] : [`${place}: expected no change, got ${shown(value)}`],
  );
  return [...missing, ...surplus];
}

function outcomeProblems(traces: readonly RuleTrace[], name: string, expected: string): string[] {
  const found = traces.filter(({ uuid, description }) => uuid === name || description === name);
  if (found.length === 0) return [`rule "${name}": expected ${expected}, but it was not come to`];
  return found.flatMap(({ outcome, conditions }) => {
    if (outcome === expected) return [];
    const last = outcome === 'not-matched' ? conditions.at(-1) : undefined;
    const because =
      last === undefined
        ? ''
        : `: ${last.field}${last.invert ? ' not' : ''} ${last.op} ${shown(last.params)} saw ${last.values.map(shown).join(', ') || 'nothing'}`;
    return [`rule "${name}": expected ${expected}, got ${outcome}${because}`];
  });
}

function shown(value: JsonValue): string {
  return JSON.stringify(value);
}
