import { ruleTestReport, runRuleTests } from '../../rules/run-rule-tests.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { readInput } from '../read-input.ts';

/** Tests rules on this machine; no service is asked. */
export const ruleTestCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'test'],
  help: 'run the tests of introspection rules that are in files',
  details:
    'Each file holds rules, data of machines, and what should change; docs/rules.md tells the form. No service is needed. ' +
    'Exit code 1 when something is not as expected.',
  arguments: [
    { name: 'file', help: 'file of rules and tests, YAML or JSON', repeats: true, completes: 'file' },
  ],
  output: 'account',
  async run(given, on) {
    const results = await runRuleTests(given.arguments('file'), (path) => readInput(path, on.console));
    const failed = results.filter(({ problems }) => problems.length > 0);
    return {
      kind: 'list',
      columns: ['File', 'Test', 'Passed', 'Problems'],
      rows: results.map(({ file, name, problems }) => [file, name, problems.length === 0, [...problems]]),
      account: ruleTestReport(results),
      complaints: failed.length === 0 ? [] : [`${failed.length} of ${results.length} failed`],
    };
  },
};
