import { packageVersion } from '../package-version.ts';
import { parseCommandLine, plainCommand } from '../service-arguments.ts';
import type { ServiceConsole } from '../service-console.ts';
import { ruleTestReport, runRuleTests } from './run-rule-tests.ts';

/**
 * `ironic-inspector rules test FILE...`: tests introspection rules without a service.
 *
 * @param argv the arguments behind `rules`
 * @returns the exit code: 0 all is as expected, 1 something is not, 2 wrong arguments
 */
export async function rulesCommand(
  argv: readonly string[],
  on: Pick<ServiceConsole, 'readFile' | 'write' | 'tell'>,
): Promise<number> {
  const files: string[] = [];
  const command = plainCommand('ironic-inspector rules', on)
    .description('Work on introspection rules without a service.')
    .version(packageVersion(), '--version', 'print the version');
  command
    .command('test <file...>')
    .description('run the tests of rules that are in these files')
    .addHelpText('after', '\nExit codes: 0 all is as expected, 1 something is not, 2 wrong arguments.')
    .action((given: string[]) => void files.push(...given));
  const answered = parseCommandLine(command, argv.length === 0 ? ['--help'] : argv);
  if (answered !== undefined) return argv.length === 0 ? 2 : answered.exitCode;
  const results = await runRuleTests(files, on.readFile);
  on.write(ruleTestReport(results));
  return results.some(({ problems }) => problems.length > 0) ? 1 : 0;
}
