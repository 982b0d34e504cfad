import type { JsonObject } from '../src/json/json-value.ts';

/** A rule as it was posted for a recording. */
export type RecordedRule = JsonObject;

const set = (path: string, value: any, more: JsonObject = {}) => ({
  action: 'set-attribute',
  path,
  value,
  ...more,
});
const trait = (name: string, action = 'add-trait') => ({ action, name });
const extend = (path: string, value: any, more: JsonObject = {}) => ({
  action: 'extend-attribute',
  path,
  value,
  ...more,
});
const formatted = (value: string) => [set('/extra/a', value)];

/** Recordings of one rule without conditions show only what became of the node, so the actions stand here. */
const actions: Readonly<Record<string, JsonObject[]>> = {
  'fail-number': [{ action: 'fail', message: 5 }],
  'set-extra': [set('/extra/a', 'x')],
  'set-nested-missing': [set('/extra/a/b', 'x')],
  'set-name': [set('/name', 'lab-rule-{data[t][int]}')],
  'set-driver-no-reset': [set('driver', 'ipmi', { reset_interfaces: false })],
  'set-driver-reset': [set('driver', 'ipmi', { reset_interfaces: true })],
  'set-driver-info-secret': [set('/driver_info/ipmi_password', 'pw')],
  'set-null': [set('/resource_class', null)],
  'set-bool': [set('/extra/a', false)],
  'set-dict': [
    set('/extra/a', { 'k-{data[t][int]}': ['{data[t][text]}', 1, null, { x: '{data[t][float]}' }] }),
  ],
  'set-resource-class': [set('/resource_class', 'baremetal.{data[inventory][cpu][count]}')],
  'set-bad-attribute': [set('/nothing', 'x')],
  'set-bad-attribute-reset': [set('/nothing', 'x', { reset_interfaces: true })],
  'set-read-only': [set('/uuid', 'x')],
  'format-missing-key': formatted('{data[nope]}'),
  'format-index': formatted('{data[inventory][interfaces][0][mac_address]}'),
  'format-list': formatted('{data[t][list]} {data[t][dict]} {data[t][null]} {data[t][yes]} {data[t][float]}'),
  'format-escape': formatted('{{not}} {data[t][int]}'),
  'format-positional': formatted('{} x'),
  'format-zero': formatted('{0}'),
  'format-unbalanced': formatted('a { b'),
  'format-attribute': formatted('{data.keys}'),
  'format-bad-spec': formatted('{data[t][text]:d}'),
  capability: [{ action: 'set-capability', name: 'profile', value: 'compute' }],
  'capability-number': [{ action: 'set-capability', name: 'n', value: 5 }],
  'extend-new': [extend('/extra/list', 'a')],
  'extend-unique': [
    extend('/extra/list', 'a', { unique: true }),
    extend('/extra/list', 'a', { unique: true }),
    extend('/extra/list', 'b', { unique: true }),
  ],
  'extend-format': [extend('/extra/list', { a: '{data[t][int]}' })],
  'extend-deep': [extend('/extra/d/e', 'a')],
  'trait-add': [trait('CUSTOM_ONE'), trait('HW_CPU_X86_VMX'), trait('CUSTOM_ONE')],
  'trait-invalid': [trait('not a trait')],
  'trait-remove-missing': [trait('CUSTOM_NONE', 'remove-trait')],
  'trait-not-formatted': [trait('CUSTOM_{data[t][int]}')],
  example: [{ action: 'example' }],
  several: [set('/extra/a', '1'), { action: 'fail', message: 'stop here' }, set('/extra/b', '2')],
};

const hit = [set('/extra/hit', 'yes')];
const miss = [set('/extra/miss', 'yes')];

const multiple: Readonly<Record<string, JsonObject>> = {
  'any-hit': { multiple: 'any', op: 'eq', field: 't.list[*]', value: 5 },
  'any-miss': { multiple: 'any', op: 'eq', field: 't.list[*]', value: 7 },
  'all-hit': { multiple: 'all', op: 'ge', field: 't.list[*]', value: 1 },
  'all-miss': { multiple: 'all', op: 'ge', field: 't.list[*]', value: 5 },
  'first-hit': { multiple: 'first', op: 'eq', field: 't.list[*]', value: 1 },
  interfaces: { multiple: 'any', op: 'matches', field: 'inventory.interfaces[*].name', value: 'eno3' },
};

const eq = (field: string, value: any) => ({ op: 'eq', field, value });

const others: Readonly<Record<string, RecordedRule[]>> = {
  'rules-two-in-order': [
    { actions: [set('/extra/a', '1')] },
    { conditions: [eq('node://extra.a', '1')], actions: [set('/extra/saw', 'yes')] },
    { actions: [set('/extra/a', '2')] },
  ],
  'rules-conditions-and': [
    { conditions: [eq('cpus', 48), eq('memory_mb', 1)], actions: [set('/extra/a', '1')] },
  ],
  'rules-format-not-kept': [{ actions: [set('/extra/a', '{data[cpus]}')] }],
  'rules-fail-keeps-data': [{ actions: [{ action: 'fail', message: 'no' }] }],
  'reapply-with-rule': [{ actions: [set('/extra/seen', 'yes')] }],
  'scope-match': [{ scope: 'gold', actions: hit }],
  'scope-mismatch': [{ scope: 'gold', actions: hit }],
  'scope-rule-without': [{ scope: null, actions: hit }],
  'scope-empty': [{ scope: '', actions: hit }],
};

/** The recordings of rules that were evaluated, by the beginnings of their names. */
export const recordedRuleFamilies =
  /^(?:action|condition|multiple|scope)-|^rules-(?:two-in-order|conditions-and|format-not-kept|fail-keeps-data)\.|^reapply-with-rule\./;

/** The rules that were there when a recording was made. */
export function rulesOf(recorded: any): readonly RecordedRule[] {
  const [, family = '', name = ''] = /^([a-z]+)-(.*)$/.exec(recorded.case) ?? [];
  if (family === 'action') return [{ actions: actions[name] ?? [] }];
  if (family === 'condition') return bothWays(postedCondition(recorded));
  if (family === 'multiple') return bothWays(multiple[name] ?? {});
  return others[recorded.case] ?? [];
}

/** One rule shows that the condition holds, another one that its opposite does. */
function bothWays(condition: JsonObject): readonly RecordedRule[] {
  return [
    { conditions: [condition], actions: hit },
    { conditions: [{ ...condition, invert: true }], actions: miss },
  ];
}

function postedCondition(recorded: any): JsonObject {
  const posted = recorded.steps.find((step: any) => step.request?.path === '/v1/rules');
  return posted.request.json.conditions[0];
}

/** The node as it was before its introspection. */
export function ruledNodeBefore(recorded: any): JsonObject {
  const scope: Readonly<Record<string, string>> = { 'scope-mismatch': 'silver' };
  const isScope = recorded.case.startsWith('scope-');
  const driver = { driver: 'fake-hardware', driver_info: { ipmi_address: '198.18.0.1' } };
  const properties = isScope ? { inspection_scope: scope[recorded.case] ?? 'gold' } : {};
  const isAction = recorded.case.startsWith('action-');
  const fields = isAction ? { extra: { old: [1, 2], text: 'abc' }, resource_class: 'rc' } : {};
  return { ...driver, properties, name: null, maintenance: false, provision_state: 'manageable', ...fields };
}
