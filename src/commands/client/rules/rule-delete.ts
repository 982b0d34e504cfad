import type { CommandDefinition } from '../command-definition.ts';
import { ruleArgument } from './rule-show.ts';

/** Deletes one introspection rule. */
export const ruleDeleteCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'delete'],
  help: 'delete an introspection rule',
  arguments: [ruleArgument],
  output: 'none',
  async run(given, on) {
    await on.api().send({ method: 'DELETE', path: ['rules', given.argument('uuid')] });
    return { kind: 'nothing' };
  },
};
