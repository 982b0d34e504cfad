import { InspectorError } from '../../../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import { parseJson } from '../../../json/parse-json.ts';
import { pythonJson } from '../../../json/python-json.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import { readYaml } from '../../rules/read-yaml.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { readInput } from '../read-input.ts';
import { dryRunText } from './dry-run-text.ts';

/** Tells what rules would change on nodes with stored data. */
export const ruleDryRunCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'dry-run'],
  help: 'tell what introspection rules would change on nodes with stored data',
  details:
    'Stored data is processed once more in the service, which sends and keeps nothing of it. Without a file these are ' +
    'the stored rules, without nodes all nodes with stored data. Exit code 1 when a node could not be worked on, and ' +
    'with --check when something would change.',
  options: [
    { name: '--file', value: 'FILE', completes: 'file', help: 'file of rules to try; - for standard input' },
    {
      name: '--with-stored',
      help: 'run the stored rules as well; a rule of the file replaces that of its UUID',
    },
    { name: '--node', value: 'NODE', repeats: 'each', help: 'node by name or UUID; may be repeated' },
    {
      name: '--hook',
      value: 'HOOK',
      repeats: 'each',
      help: 'run this hook in place of those configured; may be repeated',
    },
    {
      name: '--hook-option',
      value: 'SECTION.OPTION=VALUE',
      repeats: 'each',
      help: 'an option of a hook in place of that of the configuration; may be repeated',
    },
    { name: '--check', help: 'fail when something would change, or an introspection would fail' },
  ],
  output: 'account',
  async run(given, on) {
    const body = await askedFor(given, on);
    const answer = await on.api().send({ method: 'POST', path: ['rules', 'dry-run'], body });
    const { nodes, summary } = linesOf(answer.body);
    return {
      kind: 'list',
      columns: ['Node', 'Changes', 'Failure', 'Error'],
      rows: nodes.map(({ node, changes, failure, error }) =>
        [node, changes, failure, error].map((value) => value ?? null),
      ),
      account: dryRunText(nodes, summary),
      complaints: complaintsOn(summary, given.has('--check')),
    };
  },
};

type Run = Parameters<CommandDefinition['run']>;

async function askedFor(given: Run[0], on: Run[1]): Promise<string> {
  const file = given.text('--file');
  const nodes = given.texts('--node');
  const hooks = given.texts('--hook');
  const members: string[] = [];
  if (file !== undefined) {
    const { value, exactNumbers } = await readYaml(file, readInput(file, on.console));
    const rules = Array.isArray(value) ? value : [value];
    // As it was written: rules tell 1 and 1.0 apart.
    members.push(`"rules": ${pythonJson(rules, exactNumbers)}`);
    members.push(`"with_stored_rules": ${given.has('--with-stored')}`);
  }
  if (nodes.length > 0) members.push(`"nodes": ${JSON.stringify(nodes)}`);
  if (hooks.length > 0) members.push(`"hooks": ${JSON.stringify(hooks)}`);
  const options = given.texts('--hook-option');
  if (options.length > 0) members.push(`"hook_options": ${JSON.stringify(hookOptions(options))}`);
  return `{${members.join(', ')}}`;
}

/**
 * `processing.add_ports=all` and the like, by section and option; one that is given again gets a list.
 *
 * @throws InspectorError `invalid` for what has another form.
 */
function hookOptions(assignments: readonly string[]): Record<string, Record<string, string | string[]>> {
  const sections = new Map<string, Map<string, string[]>>();
  for (const assignment of assignments) {
    const [, section, option, value] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (section === undefined || option === undefined || value === undefined) {
      throw new InspectorError(
        'invalid',
        `--hook-option: expected SECTION.OPTION=VALUE, such as processing.add_ports=all, got "${assignment}"`,
      );
    }
    const options = sections.get(section) ?? new Map<string, string[]>();
    sections.set(section, options.set(option, [...(options.get(option) ?? []), value]));
  }
  const textOf = (values: string[]) => (values.length === 1 ? values.join() : values);
  return Object.fromEntries(
    [...sections].map(([section, options]) => [
      section,
      Object.fromEntries([...options].map(([option, values]) => [option, textOf(values)])),
    ]),
  );
}

/** @throws InspectorError `unavailable` with the service's words when the answer broke off. */
function linesOf(body: Buffer): { readonly nodes: JsonObject[]; readonly summary: JsonObject } {
  const texts = body
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  const lines = texts.map((text) => parseJson(Buffer.from(text)).value).filter(isObject);
  const last = lines.at(-1);
  if (isObject(last?.summary)) return { nodes: lines.slice(0, -1), summary: last.summary };
  const message = isObject(last?.error) ? `: ${pythonStr(last.error.message ?? null)}` : '';
  throw new InspectorError('unavailable', `The answer of the service broke off${message}`);
}

function complaintsOn(summary: JsonObject, isCheck: boolean): string[] {
  const count = (value: JsonValue | undefined) => (typeof value === 'number' ? value : 0);
  const sentences: [number, string][] = [
    [count(summary.not_run), 'node(s) could not be worked on'],
    [isCheck ? count(summary.would_change) : 0, 'node(s) would change'],
    [isCheck ? count(summary.would_fail) : 0, 'introspection(s) would fail'],
  ];
  return sentences.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : []));
}
