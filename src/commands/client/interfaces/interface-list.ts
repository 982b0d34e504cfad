import type { CommandDefinition } from '../command-definition.ts';
import type { Given } from '../given.ts';
import { nodeArgument } from '../node-argument.ts';
import { UsageError } from '../usage-error.ts';
import { fieldValue, interfaceFields, labelOf, usualFields, vlanIdsOf } from './interface-fields.ts';
import { readInterfaces } from './read-interfaces.ts';

/** Lists the interfaces of a node and what the switches have told of their ports. */
export const interfaceListCommand: CommandDefinition = {
  words: ['introspection', 'interface', 'list'],
  help: 'list the interfaces of a node, with what the switches have told',
  arguments: [nodeArgument],
  options: [
    {
      name: '--vlan',
      value: 'ID',
      repeats: 'each',
      help: 'list those that are offered this VLAN only; may be repeated',
    },
    { name: '--long', help: 'show all fields' },
    {
      name: '--fields',
      value: 'FIELD',
      repeats: 'rest',
      choices: interfaceFields,
      help: 'show these fields; several with spaces between them',
    },
  ],
  output: 'list',
  async run(given, on) {
    const fields = fieldsOf(given);
    const vlans = new Set(given.texts('--vlan').map(vlanOf));
    const all = await readInterfaces(given.argument('node'), on);
    const found = all.filter((one) => vlans.size === 0 || vlanIdsOf(one).some((id) => vlans.has(Number(id))));
    return {
      kind: 'list',
      columns: fields.map(labelOf),
      rows: found.map((one) => fields.map((field) => fieldValue(one, field))),
    };
  },
};

function fieldsOf(given: Given): readonly string[] {
  const fields = given.texts('--fields');
  if (given.has('--long') && fields.length > 0) {
    throw new UsageError('--fields cannot be used with --long');
  }
  if (given.has('--long')) return interfaceFields;
  return fields.length > 0 ? [...new Set(fields)] : usualFields;
}

function vlanOf(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new UsageError(`--vlan: expected the number of a VLAN, got ${text}`);
}
