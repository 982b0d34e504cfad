import { closestName } from './closest-name.ts';
import { environmentName, type ParsedSources } from './configuration-sources.ts';
import { knownOptions } from './known-options.ts';
import type { DeclaredOption, OptionIndex } from './option-index.ts';
import type { Assignment, ParsedFile } from './parse-ini.ts';
import { showText } from './show-value.ts';

/**
 * One line for each thing in the sources that has no effect, or that should be written differently: old names,
 * options of the original that this version does not have, and sections and options that nobody knows. The
 * original ignores the latter silently (docs/compatibility.md, unknown-options-warn).
 */
export function settingWarnings(index: OptionIndex, sources: ParsedSources): string[] {
  return [
    ...sources.files.flatMap((file) => [...sectionWarnings(index, file), ...optionWarnings(index, file)]),
    ...environmentWarnings(index, sources.environment ?? {}),
    ...commandLineWarnings(index, sources),
  ];
}

function isKnownSection(index: OptionIndex, section: string): boolean {
  return index.sections.has(section) || knownOptions.has(section);
}

function sectionWarnings(index: OptionIndex, file: ParsedFile): string[] {
  const warnings: string[] = [];
  for (const [section, { spelling, line }] of file.sections) {
    if (isKnownSection(index, section)) continue;
    const inside = file.assignments.filter((assignment) => assignment.section === section);
    if (inside.some(({ name }) => index.findDeprecated(section, name) !== undefined)) continue;
    const hint = sectionHint(index, section, inside);
    warnings.push(`${file.path}:${line}: unknown section ${showText(spelling)}, it is ignored${hint}`);
  }
  return warnings;
}

function sectionHint(index: OptionIndex, section: string, inside: readonly Assignment[]): string {
  const near = closestName(section.trim(), new Set([...index.sections, ...knownOptions.keys()]));
  if (near !== undefined) return ` (did you mean [${near}]?)`;
  const [moved] = inside.flatMap(({ name }) =>
    homesOf(index, name).map((home) => ` (${name} is an option of [${home}])`),
  );
  return moved ?? '';
}

/** The sections that know an option of this name, if it is only one. */
function homesOf(index: OptionIndex, name: string): string[] {
  const declared = [...index.sections].filter((section) => index.find(section, name) !== undefined);
  const homes =
    declared.length > 0
      ? declared
      : [...knownOptions].filter(([, names]) => names.has(name)).map(([section]) => section);
  return homes.length === 1 ? homes : [];
}

function optionWarnings(index: OptionIndex, file: ParsedFile): string[] {
  return file.assignments.flatMap((assignment) => {
    const { section, name } = assignment;
    const where = `${file.path}:${assignment.line}`;
    const declared = index.find(section, name);
    if (declared !== undefined) return withoutEffect(declared, where);
    const current = index.findDeprecated(section, name);
    if (current !== undefined) {
      const deprecated =
        `${where}: Option "${name}" from group "${section}" is deprecated. ` +
        `Use option "${current.name}" from group "${current.section}".`;
      return [deprecated, ...withoutEffect(current, where)];
    }
    if (!isKnownSection(index, section)) return [];
    return [unusedOption(index, section, name, where)];
  });
}

function withoutEffect({ section, name, option }: DeclaredOption, where: string): string[] {
  return option.withoutEffect === true ? [noEffect(section, name, where)] : [];
}

function noEffect(section: string, name: string, where: string): string {
  return `${where}: option ${name} of [${section}] is accepted and has no effect in this version`;
}

function unusedOption(index: OptionIndex, section: string, name: string, where: string): string {
  if (knownOptions.get(section)?.has(name) === true) {
    return noEffect(section, name, where);
  }
  const near = closestName(name, new Set([...index.namesOf(section), ...(knownOptions.get(section) ?? [])]));
  const [home] = homesOf(index, name);
  const hint =
    near !== undefined ? ` (did you mean ${near}?)` : home !== undefined ? ` (it is one of [${home}])` : '';
  return `${where}: unknown option ${showText(name)} of [${section}], it is ignored${hint}`;
}

/** Only variables of a known section are looked at: others may belong to anyone. */
function environmentWarnings(
  index: OptionIndex,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const sections = new Set([...index.sections, ...knownOptions.keys()]);
  return Object.keys(environment).flatMap((variable) => {
    for (const section of sections) {
      const prefix = environmentName(section, '');
      if (!variable.startsWith(prefix)) continue;
      const name = variable.slice(prefix.length).toLowerCase();
      const where = `environment variable ${variable}`;
      const known = index.namesOf(section).find((one) => environmentName(section, one) === variable);
      const declared = known === undefined ? undefined : index.find(section, known);
      return declared ? withoutEffect(declared, where) : [unusedOption(index, section, name, where)];
    }
    return [];
  });
}

/** The commands accept options of the original that this version declares nowhere. */
function commandLineWarnings(index: OptionIndex, { commandLine = [] }: ParsedSources): string[] {
  return commandLine.flatMap(({ section = 'DEFAULT', name, argument }) => {
    const where = `the command line (${argument})`;
    const declared = index.find(section, name);
    return declared ? withoutEffect(declared, where) : [unusedOption(index, section, name, where)];
  });
}
