import { InspectorError } from '../../../errors/inspector-error.ts';
import { isObject } from '../../../json/json-value.ts';
import { pythonJson } from '../../../json/python-json.ts';
import { readYaml } from '../../rules/read-yaml.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { readInput } from '../read-input.ts';
import { UsageError } from '../usage-error.ts';

/** Puts the rule of a file in the place of a stored one. */
export const ruleUpdateCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'update'],
  help: 'put the introspection rule of a file in the place of a stored one',
  details: 'The rule keeps its turn. Rules of a higher priority are run first; it is 0 until it is set.',
  arguments: [
    { name: 'uuid', help: 'UUID of the stored rule' },
    { name: 'file', help: 'file of one rule, JSON or YAML; - for standard input', completes: 'file' },
  ],
  options: [{ name: '--priority', value: 'NUMBER', help: 'a whole number; as it is unless given' }],
  output: 'show',
  async run(given, on) {
    const file = given.argument('file');
    const { value, exactNumbers } = await readYaml(file, readInput(file, on.console));
    const [rule] = Array.isArray(value) && value.length === 1 ? value : [value];
    if (!isObject(rule)) throw new InspectorError('invalid', `${file}: expected one rule, an object`);
    const priority = given.text('--priority');
    if (priority !== undefined && !/^-?\d{1,7}$/.test(priority)) {
      throw new UsageError(`--priority: expected a whole number, got ${priority}`);
    }
    const { priority: _own, ...others } = rule;
    const updated = priority === undefined ? rule : { ...others, priority: Number(priority) };
    exactNumbers.follow(rule, updated);
    const path = ['rules', given.argument('uuid')];
    const body = pythonJson(updated, exactNumbers);
    const answer = await on.api().read({ method: 'PUT', path, body });
    const { links: _links, ...shown } = objectIn(answer.value);
    return { kind: 'show', fields: Object.entries(shown) };
  },
};
