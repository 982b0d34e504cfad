import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from '../command-definition.ts';
import { globalOptions } from '../global-options.ts';
import { outputOptions } from '../output-options.ts';
import { clientProgram } from '../parse-client-arguments.ts';

/** The manual page in troff, made from the table of commands. */
export function manualPage(commands: readonly CommandDefinition[]): string {
  const { list, show, account } = outputOptions;
  const formats = new Map([...account, ...list, ...show].map((option) => [option.name, option]));
  return [
    `.TH ${clientProgram.toUpperCase()} 1 "" "ironic-inspector" "User Commands"`,
    ...section('NAME', `${clientProgram} - start hardware introspections and show what they found`),
    '.SH SYNOPSIS',
    `.B ${troff(clientProgram)}`,
    '[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]',
    ...section('DESCRIPTION', description),
    '.SH COMMANDS',
    ...commands.flatMap(commandText),
    ...section('OUTPUT OPTIONS', outputText),
    ...[...formats.values()].flatMap(optionText),
    ...section('GLOBAL OPTIONS', 'They may stand before the command and behind it.'),
    ...globalOptions.flatMap(optionText),
    ...optionText({ name: '--version', help: 'print the version' }),
    ...optionText({ name: '--help', short: '-h', help: 'print the options of the program or of a command' }),
    '.SH FILES',
    ...files.flatMap(([file, text]) => ['.TP', `.I ${troff(file)}`, sentence(text)]),
    '.SH EXIT STATUS',
    ...exitCodes.flatMap(([code, text]) => ['.TP', `.B ${code}`, sentence(text)]),
    '.SH EXAMPLES',
    ...examples.flatMap(([text, line]) => ['.TP', sentence(text), '.nf', troff(line), '.fi']),
    '',
  ].join('\n');
}

const description =
  'The client of the ironic-inspector service, with the commands of "openstack baremetal introspection". ' +
  'The word introspection may be left out. Results go to standard output, progress and errors to standard error.';

const outputText =
  'For the commands that give a table, the fields of one thing, or an account. The format shell is for the fields of ' +
  'one thing, text for an account, sorting for tables.';

const files = [
  ['clouds.yaml', 'clouds and their credentials, in ., ~/.config/openstack or /etc/openstack'],
  ['secure.yaml', 'what of it others must not read, in the same places'],
] as const;

const exitCodes = [
  ['0', 'done'],
  ['1', 'it went wrong; the reason is on standard error'],
  ['2', 'wrong arguments'],
  ['130', 'interrupted by Ctrl-C; what was begun goes on in the service'],
] as const;

const examples = [
  ['inspect two nodes and wait', `${clientProgram} introspection start --wait --check-errors node-1 node-2`],
  ['read the serial number', `${clientProgram} introspection data save node-1 | jq .inventory.system_vendor`],
] as const;

function section(title: string, text: string): string[] {
  return [`.SH ${title}`, troff(text)];
}

function commandText({
  words,
  help,
  details,
  arguments: byPlace = [],
  options = [],
}: CommandDefinition): string[] {
  const usage = byPlace.map(argumentUsage).join(' ');
  return [
    `.SS "${troff(words.join(' '))}${usage === '' ? '' : ` ${usage}`}"`,
    sentence(help),
    ...(details === undefined ? [] : ['.PP', troff(details)]),
    ...byPlace.flatMap(({ name, help: text }) => ['.TP', `\\fI${troff(name)}\\fR`, sentence(text)]),
    ...options.flatMap(optionText),
  ];
}

function argumentUsage({ name, repeats, optional }: ArgumentDefinition): string {
  const word = `\\fI${troff(name)}\\fR${repeats === true ? '...' : ''}`;
  return optional === true ? `[${word}]` : word;
}

function optionText({ name, short, value, repeats, choices, help, variable }: OptionDefinition): string[] {
  const spelt = [short, name].flatMap((one) => (one === undefined ? [] : `\\fB${troff(one)}\\fR`)).join(', ');
  const taken = value === undefined ? '' : ` \\fI${troff(value)}\\fR${repeats === 'rest' ? '...' : ''}`;
  const among = choices === undefined ? '' : `; one of ${choices.join(', ')}`;
  const from = variable === undefined ? '' : `; variable ${variable}`;
  return ['.TP', spelt + taken, sentence(`${help}${among}${from}`)];
}

function sentence(text: string): string {
  return troff(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
}

/** Hyphens that are typed, backslashes, and what troff would take for a request at the beginning of a line. */
function troff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
