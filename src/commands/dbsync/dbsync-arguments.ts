import type { Command } from 'commander';
import {
  type Answered,
  addConfigurationOptions,
  addLogOptions,
  parseCommandLine,
  plainCommand,
  type ServiceArguments,
  searchedFiles,
} from '../service-arguments.ts';
import type { ServiceConsole } from '../service-console.ts';
import type { DbsyncTask } from './dbsync-task.ts';

/** What `ironic-inspector-dbsync` takes from the command line. */
export interface DbsyncArguments extends ServiceArguments {
  readonly task: DbsyncTask;
}

/** Options of a subcommand, as commander gives them. */
interface Given {
  /** `true` for the option without a value. */
  readonly revision?: string | true;
  readonly message?: string;
  readonly autogenerate?: boolean;
}

const revisionHelp = 'a revision, the beginning of one, head (also when left empty)';

const closing = `
${searchedFiles('ironic-inspector-dbsync')}
Results go to standard output, progress to standard error; of the options of the log only --debug matters here.
Exit codes: 0 done, 1 the database or the configuration cannot be used, 2 wrong arguments, 255 FAILED: <reason>.`;

/** Reads the command line; the options of the service come before the subcommand. Prints help and usage errors. */
export function parseDbsyncArguments(
  argv: readonly string[],
  on: Pick<ServiceConsole, 'write' | 'tell'>,
): DbsyncArguments | Answered {
  const command = plainCommand('ironic-inspector-dbsync', on)
    .usage('[options] <command>')
    .description('Makes and upgrades the tables of the database, and tells which revision they have.')
    .enablePositionalOptions()
    .helpCommand(false);
  const given = { ...addConfigurationOptions(command), ...addLogOptions(command) };
  let task: DbsyncTask | undefined;
  addTasks(command, (wanted) => {
    task = wanted;
  });
  command.addHelpText('after', closing);
  const answered = parseCommandLine(command, argv);
  if (answered !== undefined) return answered;
  // Without a subcommand commander has shown the help and ended with an error.
  return task === undefined ? { exitCode: 2 } : { ...given, task };
}

function addTasks(command: Command, choose: (task: DbsyncTask) => void): void {
  const subcommand = (name: string, help: string) => command.command(name).description(help);
  subcommand('upgrade', 'bring the tables to a revision; what is there already is left alone')
    .option('--revision [revision]', revisionHelp)
    .action(({ revision }: Given) => choose({ name: 'upgrade', revision: revisionOf(revision) }));
  for (const [name, help] of [
    ['stamp', 'record a revision without changing a table; base forgets it'],
    ['show', 'tell all of one revision'],
    ['edit', 'open the file of a revision in $EDITOR, in a checkout'],
  ] as const) {
    subcommand(name, help)
      .requiredOption('--revision [revision]', name === 'stamp' ? revisionHelp : `${revisionHelp} or current`)
      .action(({ revision }: Given) => choose({ name, revision: revisionOf(revision) }));
  }
  for (const [name, help] of [
    ['current', 'print the revisions that the database has'],
    ['history', 'print all revisions, newest first'],
    ['heads', 'print the newest revisions'],
    ['branches', 'print revisions that more than one follows; there are none'],
    ['create_schema', 'make the tables of the newest revision in an empty database'],
  ] as const) {
    subcommand(name, help).action(() => choose({ name }));
  }
  subcommand('revision', 'write a new migration, in a checkout')
    .option('-m, --message <text>', 'its title')
    .option('--autogenerate', 'with what the tables of the database lack compared with the declared ones')
    .action(({ message, autogenerate }: Given) =>
      choose({ name: 'revision', message, autogenerate: autogenerate === true }),
    );
}

/** An option without a value, or with an empty one, means the newest. */
function revisionOf(given: string | true | undefined): string {
  return given === undefined || given === true || given === '' ? 'head' : given;
}
