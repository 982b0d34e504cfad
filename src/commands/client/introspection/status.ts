import type { CommandDefinition } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { nodeArgument } from '../node-argument.ts';
import { fieldsOf } from '../output/fields-of.ts';

/** Shows how far an introspection is. */
export const statusCommand: CommandDefinition = {
  words: ['introspection', 'status'],
  help: 'show how far the introspection of a node is',
  arguments: [nodeArgument],
  output: 'show',
  async run(given, on) {
    const answer = await on.api().read({ method: 'GET', path: ['introspection', given.argument('node')] });
    return { kind: 'show', fields: fieldsOf(objectIn(answer.value)) };
  },
};
