import { Argument, type Command, Option } from 'commander';
import { type Answered, parseCommandLine, plainCommand } from '../service-arguments.ts';
import type { ServiceConsole } from '../service-console.ts';
import { wrapText } from '../status/wrap-text.ts';
import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from './command-definition.ts';
import { Given, type OptionValue } from './given.ts';
import { globalOptions } from './global-options.ts';
import { optionsOf } from './output-options.ts';

/** The program, as it calls itself. */
export const clientProgram = 'ironic-inspector-client';

/** What the command line asks for. */
export interface ClientArguments {
  readonly command: CommandDefinition;
  readonly given: Given;
}

/** The first word of most commands; it may be left out. */
const family = 'introspection';

/** Reads the command line by the table of commands. Prints help, version and usage errors. */
export function parseClientArguments(
  commands: readonly CommandDefinition[],
  argv: readonly string[],
  version: string,
  on: Pick<ServiceConsole, 'write' | 'tell' | 'environment'>,
): ClientArguments | Answered {
  const chosen: ClientArguments[] = [];
  const program = plainCommand(clientProgram, on)
    .usage('[options] <command>')
    .description('Client of ironic-inspector: starts introspections and shows what they found.')
    .version(version, '--version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError(`See ${clientProgram} --help`);
  for (const option of globalOptions) program.addOption(commanderOption(option));
  program.addHelpText('after', closing);
  for (const command of commands) {
    addCommand(program, command.words, command, false);
    if (command.words[0] === family) addCommand(program, command.words.slice(1), command, true);
  }
  return parseCommandLine(program, argv) ?? chosen[0] ?? { exitCode: 2 };

  function addCommand(
    parent: Command,
    words: readonly string[],
    command: CommandDefinition,
    hidden: boolean,
  ) {
    const [word = '', ...rest] = words;
    if (rest.length > 0) return addCommand(groupIn(parent, word, hidden), rest, command, false);
    const added = parent.command(word, { hidden }).description(`${command.help}.`);
    for (const argument of command.arguments ?? []) added.addArgument(commanderArgument(argument));
    for (const option of optionsOf(command)) added.addOption(commanderOption(option));
    if (command.details !== undefined)
      added.addHelpText('after', `\n${wrapText(command.details, 80, '').join('\n')}`);
    added.addHelpText('after', `\nGlobal options: see ${clientProgram} --help.`);
    added.action((...values: unknown[]) => {
      const byPlace = (command.arguments ?? []).map(({ name }, place) => [name, values[place] as string]);
      const options = {
        ...optionValues(added, globalOptions, {}),
        ...optionValues(added, optionsOf(command), on.environment),
      };
      chosen.push({ command, given: new Given(Object.fromEntries(byPlace), options) });
    });
  }
}

const closing = `
The word introspection may be left out: ironic-inspector-client status NODE.
Credentials come from these options, from a cloud of clouds.yaml, or from the OS_* variables; docs/client.md has more.
Exit codes: 0 done, 1 it went wrong, 2 wrong arguments, 130 interrupted by Ctrl-C.`;

/** What the commands behind a first word are about. */
const groups: Readonly<Record<string, string>> = {
  introspection: 'start, status, list, reprocess, abort, data save, changes, history, run, interface, rule.',
  data: 'what an introspection has found.',
  run: 'bulk runs: list, show, nodes, cancel, delete.',
  interface: 'interfaces of a node: list, show.',
  rule: 'introspection rules: import, list, show, delete, purge.',
};

function groupIn(parent: Command, word: string, hidden: boolean): Command {
  const known = parent.commands.find((command) => command.name() === word);
  if (known !== undefined) return known.helpCommand(false);
  return parent
    .command(word, { hidden })
    .description(groups[word] ?? '')
    .helpCommand(false)
    .usage('<command>');
}

function commanderOption({ name, short, value, repeats, choices, help, variable }: OptionDefinition): Option {
  const word = value === undefined ? '' : ` <${value.toLowerCase()}${repeats === 'rest' ? '...' : ''}>`;
  const from = variable === undefined ? '' : ` [${variable}]`;
  const option = new Option(`${short === undefined ? '' : `${short}, `}${name}${word}`, `${help}${from}`);
  if (choices !== undefined) option.choices([...choices]);
  if (repeats === 'each') {
    option.argParser((text, before: readonly string[] | undefined) => [...(before ?? []), text]);
  }
  return option;
}

function commanderArgument({ name, help, repeats, optional, choices }: ArgumentDefinition): Argument {
  const word = `${name}${repeats === true ? '...' : ''}`;
  const argument = new Argument(optional === true ? `[${word}]` : `<${word}>`, help);
  return choices === undefined ? argument : argument.choices([...choices]);
}

/**
 * By the options' names; what is not given comes from the environment. Where the global ones come from depends on
 * the cloud, too.
 */
function optionValues(
  command: Command,
  definitions: readonly OptionDefinition[],
  environment: ServiceConsole['environment'],
): Record<string, OptionValue> {
  const values = command.optsWithGlobals<Record<string, OptionValue>>();
  return Object.fromEntries(
    definitions.map((definition) => {
      const { name, variable, value } = definition;
      const given = values[commanderOption(definition).attributeName()];
      const fallback = (variable !== undefined && environment[variable]) || undefined;
      if (given !== undefined || fallback === undefined) return [name, given];
      return [name, value === undefined ? /^(?:1|true|yes|on)$/i.test(fallback) : fallback];
    }),
  );
}
