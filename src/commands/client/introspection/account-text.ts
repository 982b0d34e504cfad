import { isObject, type JsonObject, type JsonValue, objectsIn } from '../../../json/json-value.ts';
import { escapeControl } from '../../../logging/escape-control.ts';

/** An account for people to read: a heading a part, a line a step. What comes from machines cannot steer a terminal. */
export function accountText(account: JsonObject): string {
  const parts = [
    [`Node ${shown(account.node)}`, ...beginning(account)],
    section('Hooks', account.hooks, hookLines, 'none did anything that is known'),
    section('Rules', account.rules, ruleLines, 'none'),
    section('Changes', account.changes, changeLines, 'nothing was changed'),
    section('Sent to the bare metal service', account.sent, sentLines, 'nothing'),
  ];
  const omitted = account.sent_omitted;
  if (typeof omitted === 'number' && omitted > 0) parts.push([`and ${omitted} further requests`]);
  if (typeof account.advice === 'string')
    parts.push([`The last stage reached is ${shown(account.last_stage)}. ${account.advice}`]);
  if (typeof account.failure === 'string') parts.push([`The run failed: ${account.failure}`]);
  return `${parts.map((lines) => lines.map(escapeControl).join('\n')).join('\n\n')}\n`;
}

const kinds: Readonly<Record<string, string>> = {
  callback: 'The ramdisk has called back',
  reapply: 'Data was processed once more',
  interrupted: 'A callback that was interrupted was taken up',
};

function beginning({ kind, began_at: begunAt, found_by: foundBy }: JsonObject): string[] {
  const what = typeof kind === 'string' ? (kinds[kind] ?? kind) : 'How this run began is not known';
  const when = typeof begunAt === 'string' ? ` at ${begunAt.slice(0, 19)} UTC` : '';
  return [`${what}${when}.`, ...(typeof foundBy === 'string' ? [`${foundBy}.`] : [])];
}

function section(
  title: string,
  items: JsonValue | undefined,
  linesOf: (item: JsonObject) => string[],
  nothing: string,
): string[] {
  const lines = objectsIn(items).flatMap(linesOf);
  return [title, ...(lines.length === 0 ? [nothing] : lines).map((line) => `  ${line}`)];
}

function hookLines({ name, phase, milliseconds, changes, data, warnings, error }: JsonObject): string[] {
  const stage = phase === 'before-processing' ? 'before the node was known' : 'with the node';
  const members = textsIn(data);
  const effects = [
    ...(typeof changes === 'number' && changes > 0 ? [`${changes} change(s)`] : []),
    ...(members.length > 0 ? [`set in the data: ${members.join(', ')}`] : []),
  ];
  return [
    `${shown(name)}, ${stage}, ${shown(milliseconds)} ms: ${effects.join('; ') || 'no effect'}`,
    ...textsIn(warnings).map((warning) => `  warning: ${warning}`),
    ...(typeof error === 'string' ? [`  failed: ${error}`] : []),
  ];
}

const outcomes: Readonly<Record<string, string>> = {
  applied: 'was applied',
  'not-matched': 'did not match',
  'other-scope': 'is for another scope',
  unusable: 'cannot be used and was left out',
  failed: 'failed the introspection',
  'not-run': 'matched, but another rule failed before',
};

function ruleLines({ uuid, description, outcome, conditions, actions, error }: JsonObject): string[] {
  const name = typeof description === 'string' && description !== '' ? ` "${description}"` : '';
  const what = typeof outcome === 'string' ? (outcomes[outcome] ?? outcome) : 'is not known';
  return [
    `Rule ${shown(uuid)}${name} ${what}`,
    ...objectsIn(conditions).map(
      (condition) => `  ${conditionText(condition)}: ${condition.holds === true ? 'holds' : 'does not hold'}`,
    ),
    ...objectsIn(actions).map((action) => `  ${shown(action.action)} ${shown(action.params)}`),
    ...(typeof error === 'string' ? [`  error: ${error}`] : []),
  ];
}

function conditionText({ field, op, multiple, invert, params, values }: JsonObject): string {
  const not = invert === true ? 'not ' : '';
  const saw = Array.isArray(values) && values.length > 0 ? values.map(shown).join(', ') : 'nothing';
  const each = Array.isArray(values) && values.length > 1 ? ` (${shown(multiple)})` : '';
  return `${shown(field)} ${not}${shown(op)} ${shown(params)}${each}, saw ${saw}`;
}

function changeLines({ on, path, from, to, origin }: JsonObject): string[] {
  const what = [on, path]
    .filter((part) => part !== '')
    .map(shown)
    .join(' ');
  const became = to === null ? `removed, was ${shown(from)}` : shown(to);
  const before = to === null || from === null ? '' : `, was ${shown(from)}`;
  return [`${what}: ${became}${before}`, ...(isObject(origin) ? originLines(origin) : [])];
}

function originLines({ kind, name, uuid, description, conditions, inputs }: JsonObject): string[] {
  if (kind !== 'rule') return [`  by ${shown(kind)} ${shown(name)}`];
  const called = typeof description === 'string' && description !== '' ? ` "${description}"` : '';
  const used = textsIn(inputs);
  return [
    `  by rule ${shown(uuid)}${called}`,
    ...objectsIn(conditions).map((condition) => `    because ${conditionText(condition)}`),
    ...(used.length > 0 ? [`    from ${used.join(', ')}`] : []),
  ];
}

function sentLines({ what, uuid, body, refusal }: JsonObject): string[] {
  const asked = `${shown(what)} ${shown(uuid)}${body === null ? '' : `: ${shown(body)}`}`;
  if (!isObject(refusal)) return [asked];
  return [asked, `  refused (${shown(refusal.kind)}): ${shown(refusal.message)}`];
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? null);
}

function textsIn(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
