import { InspectorError } from '../../../errors/inspector-error.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { nodeArgument } from '../node-argument.ts';
import { fieldValue, interfaceFields } from './interface-fields.ts';
import { readInterfaces } from './read-interfaces.ts';

/** Shows one interface of a node. */
export const interfaceShowCommand: CommandDefinition = {
  words: ['introspection', 'interface', 'show'],
  help: 'show an interface of a node, with what the switch has told',
  arguments: [nodeArgument, { name: 'interface', help: 'name of the interface, such as eth0' }],
  options: [
    {
      name: '--fields',
      value: 'FIELD',
      repeats: 'rest',
      choices: interfaceFields,
      help: 'show these fields; several with spaces between them',
    },
  ],
  output: 'show',
  async run(given, on) {
    const name = given.argument('interface');
    const all = await readInterfaces(given.argument('node'), on);
    const one = all.find((candidate) => candidate.name === name);
    if (one === undefined) {
      throw new InspectorError('not-found', `Interface ${name} was not found on this node`);
    }
    const wanted = given.texts('--fields');
    const fields = wanted.length > 0 ? [...new Set(wanted)] : interfaceFields;
    return { kind: 'show', fields: fields.map((field) => [field, fieldValue(one, field)] as const) };
  },
};
