import {
  type Answered,
  addConfigurationOptions,
  parseCommandLine,
  plainCommand,
  type ServiceArguments,
  searchedFiles,
} from '../service-arguments.ts';
import type { ServiceConsole } from '../service-console.ts';

/** What `ironic-inspector-status` takes from the command line. */
export interface StatusArguments extends ServiceArguments {
  /** JSON in place of the table. */
  readonly json: boolean;
}

const closing = `
${searchedFiles('ironic-inspector-status')}
Exit codes: 0 all is well, 1 a warning, 2 a failure or wrong arguments, 255 the check itself failed.`;

/** Reads the command line; `--config-file` and `--config-dir` come first. Prints help and usage errors. */
export function parseStatusArguments(
  argv: readonly string[],
  on: Pick<ServiceConsole, 'write' | 'tell'>,
): StatusArguments | Answered {
  const command = plainCommand('ironic-inspector-status', on)
    .usage('[options] upgrade check [--json]')
    .description('Tells whether this machine is ready for a new version of the service.')
    .enablePositionalOptions()
    .helpCommand(false);
  const given = addConfigurationOptions(command);
  let json: boolean | undefined;
  command
    .command('upgrade')
    .usage('[--json] check')
    .description('check configuration and database before the service is replaced')
    .argument('check', 'the word "check"')
    .option('--json', 'print JSON in place of a table')
    .action((word: string, options: { readonly json?: boolean }, upgrade) => {
      if (word !== 'check') upgrade.error(`error: expected the word check, got '${word}'`);
      json = options.json === true;
    });
  command.addHelpText('after', closing);
  const answered = parseCommandLine(command, argv);
  if (answered !== undefined) return answered;
  return json === undefined ? { exitCode: 2 } : { ...given, settings: [], json };
}
