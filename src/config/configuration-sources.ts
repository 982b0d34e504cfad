import type { DeclaredOption } from './option-index.ts';
import { placesOf } from './option-index.ts';
import type { ConfigFile, ParsedFile } from './parse-ini.ts';

/** An option that the command line sets. */
export interface CommandLineSetting {
  /** `DEFAULT` where it is left out. */
  readonly section?: string;
  readonly name: string;
  /** As it would stand in a file. */
  readonly value: string;
  /** What the user typed, such as `--debug`; errors name it. */
  readonly argument: string;
}

/** Where values come from: the command line wins over the environment, that over the files. */
export interface ConfigurationSources {
  /** A later file wins over an earlier one. */
  readonly files?: readonly ConfigFile[];
  /** Variables `OS_<GROUP>__<OPTION>` in upper case; others are not looked at. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The last one wins. */
  readonly commandLine?: readonly CommandLineSetting[];
}

/** The sources with their files parsed. */
export interface ParsedSources extends Omit<ConfigurationSources, 'files'> {
  readonly files: readonly ParsedFile[];
}

/** The text of an option, before interpolation. */
export interface SettingText {
  readonly text: string;
  /** Where it stands, for errors: `/etc/x.conf:12 [DEFAULT]`. */
  readonly location: string;
}

/** One text, or for a multi-valued option one for each line. */
export type Setting = readonly SettingText[];

/** The name of the variable that sets an option. Old names of options have none. */
export function environmentName(section: string, name: string): string {
  return `OS_${section.toUpperCase()}__${name.toUpperCase()}`;
}

/** What an option is set to, or `undefined` where no source sets it. */
export function findSetting(declared: DeclaredOption, sources: ParsedSources): Setting | undefined {
  return (
    fromCommandLine(declared, sources) ?? fromEnvironment(declared, sources) ?? fromFiles(declared, sources)
  );
}

function fromCommandLine(
  { section, name }: DeclaredOption,
  { commandLine = [] }: ParsedSources,
): Setting | undefined {
  const given = commandLine.findLast((one) => one.name === name && (one.section ?? 'DEFAULT') === section);
  return given && [{ text: given.value, location: `the command line (${given.argument})` }];
}

function fromEnvironment(
  { section, name }: DeclaredOption,
  { environment = {} }: ParsedSources,
): Setting | undefined {
  const variable = environmentName(section, name);
  const value = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
  return value === undefined ? undefined : [{ text: value, location: `the environment (${variable})` }];
}

/** In each file the current name wins over the old ones; a later file wins over an earlier one. */
function fromFiles(declared: DeclaredOption, { files }: ParsedSources): Setting | undefined {
  const found = files.flatMap((file) => {
    const hits = placesOf(declared).map((place) =>
      file.assignments.filter(({ section, name }) => section === place.section && name === place.name),
    );
    const assignments =
      declared.option.multi === true ? hits.toReversed().flat() : (hits.find((hit) => hit.length > 0) ?? []);
    return assignments.map((assignment) => ({
      text: assignment.value,
      location: `${file.path}:${assignment.line} [${assignment.section}]`,
    }));
  });
  if (found.length === 0) return undefined;
  return declared.option.multi === true ? found : found.slice(-1);
}
