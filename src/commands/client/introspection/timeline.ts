import { isObject, type JsonObject, type JsonValue, objectsIn } from '../../../json/json-value.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { nodeArgument } from '../node-argument.ts';

const columns = ['Stage', 'At', 'Times', 'Evidence'] as const;

/** Tells how far the last introspection of a node came. */
export const timelineCommand: CommandDefinition = {
  words: ['introspection', 'timeline'],
  help: 'show how far the last introspection of a node came',
  details:
    'Each stage with its time and what shows it: PXE access, power, DHCP and TFTP where the service follows the log of ' +
    'dnsmasq, the callback, hooks, rules, the end; and what to check when the ramdisk does not call back.',
  arguments: [nodeArgument],
  output: 'account',
  async run(given, on) {
    const path = ['introspection', given.argument('node'), 'timeline'];
    const timeline = objectIn((await on.api().read({ method: 'GET', path })).value);
    const stages = objectsIn(timeline.stages);
    const rows = stages.map(({ stage, at, times, evidence }) =>
      [stage, at, times, evidence].map((value) => value ?? null),
    );
    return { kind: 'list', columns, rows, account: timelineText(timeline, stages) };
  },
};

/** A line a stage. What comes from machines cannot steer a terminal. */
function timelineText({ node, state, error, advice, last_stage }: JsonObject, stages: readonly JsonObject[]) {
  const failure = typeof error === 'string' ? `: ${error}` : '';
  const lines = [
    `Node ${shown(node)}, ${shown(state)}${failure}`,
    '',
    ...stages.map(stageLine),
    // The error of a time-out says so itself; that of an older release does not.
    ...(typeof advice === 'string' && !failure.includes(advice)
      ? ['', `The last stage reached is ${shown(last_stage)}. ${advice}`]
      : []),
  ];
  return `${lines.map(escapeControl).join('\n')}\n`;
}

function stageLine({ stage, at, last_at, times, evidence }: JsonObject): string {
  const seen = typeof times === 'number' && times > 1 ? [`${times} times, last at ${timeOf(last_at)}`] : [];
  const facts = Object.entries(isObject(evidence) ? evidence : {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${shown(value)}`);
  const details = [...facts, ...seen].join(', ');
  return `${timeOf(at)}  ${shown(stage)}${details === '' ? '' : `: ${details}`}`;
}

function timeOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.slice(0, 19) : 'at no known time';
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? null);
}
