import type { CommandDefinition } from '../command-definition.ts';

/** Deletes all introspection rules. */
export const rulePurgeCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'purge'],
  help: 'delete all introspection rules, without asking',
  output: 'none',
  async run(_given, on) {
    await on.api().send({ method: 'DELETE', path: ['rules'] });
    return { kind: 'nothing' };
  },
};
