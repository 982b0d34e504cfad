import type { CommandDefinition } from '../command-definition.ts';
import { listIn } from '../connection/inspector-api.ts';
import { rowOf } from './rule-import.ts';

/** Lists the introspection rules. */
export const ruleListCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'list'],
  help: 'list the introspection rules, the oldest first',
  output: 'list',
  async run(_given, on) {
    const answer = await on.api().read({ method: 'GET', path: ['rules'] });
    return { kind: 'list', columns: ['UUID', 'Description'], rows: listIn(answer.value, 'rules').map(rowOf) };
  },
};
