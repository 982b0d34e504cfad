import type { ArgumentDefinition, CommandDefinition } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { fieldsOf } from '../output/fields-of.ts';

/** The rule that a command is about. */
export const ruleArgument: ArgumentDefinition = { name: 'uuid', help: 'UUID of a rule' };

/** Shows an introspection rule. */
export const ruleShowCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'show'],
  help: 'show an introspection rule',
  arguments: [ruleArgument],
  output: 'show',
  async run(given, on) {
    const answer = await on.api().read({ method: 'GET', path: ['rules', given.argument('uuid')] });
    return { kind: 'show', fields: fieldsOf(objectIn(answer.value)) };
  },
};
