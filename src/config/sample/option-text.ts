import type { Option } from '../option.ts';
import { referenceText } from '../show-value.ts';

/**
 * What stands behind `option =` in a sample, a line each; one only unless the option is multi-valued. An unset
 * option is `<None>`.
 */
export function defaultTexts(option: Option<unknown>): string[] {
  if (option.sampleDefault !== undefined) return [option.sampleDefault];
  const { default: value } = option;
  if (value === null || value === undefined) return ['<None>'];
  if (option.multi === true && Array.isArray(value)) return value.length === 0 ? [''] : value.map(String);
  if (typeof value === 'boolean') return [String(value)];
  if (typeof value === 'number') {
    if (option.type === 'octal value') return [`0${value.toString(8)}`];
    const isWhole = option.type === 'floating point value' && Number.isInteger(value);
    return [isWhole ? `${value}.0` : String(value)];
  }
  const shown = referenceText(value);
  return [shown === shown.trim() ? shown : `"${shown}"`];
}

/** An option of the section `group`, as it stands in the sample file: its help as a comment, and its default. */
export function optionText(group: string, name: string, option: Option<unknown>): string {
  const help = `${option.deprecatedForRemoval === undefined ? '' : 'DEPRECATED: '}${option.help} (${option.type})`;
  const lines = [...wrapped(help), ...boundsOf(option)];
  for (const old of option.deprecatedNames ?? []) {
    lines.push(`Deprecated group/name - [${old.group ?? group}]/${old.name}`);
  }
  if (option.deprecatedForRemoval !== undefined) {
    lines.push(
      'This option is deprecated for removal.',
      'Its value may be silently ignored in the future.',
      ...wrapped(`Reason: ${option.deprecatedForRemoval}`),
    );
  }
  if (option.mutable === true) lines.push('Note: This option can be changed without restarting.');
  if (option.withoutEffect === true) {
    lines.push('Note: This version accepts the option and does not use it.');
  }
  if (option.sampleDefault !== undefined) {
    lines.push('The default depends on the machine or on other options. An example:');
  }
  const comment = lines.map((line) => `# ${line}`.trimEnd());
  return [...comment, ...defaultTexts(option).map((value) => `#${name} = ${value}`.trimEnd()), ''].join('\n');
}

function boundsOf({ min, max, choices, type }: Option<unknown>): string[] {
  const lines: string[] = [];
  const show = (bound: number) => bound.toString(type === 'octal value' ? 8 : 10);
  if (min !== undefined) lines.push(`Minimum value: ${show(min)}`);
  if (max !== undefined) lines.push(`Maximum value: ${show(max)}`);
  if (choices !== undefined) {
    lines.push('Possible values:', ...choices.map((one) => (one === '' ? "''" : one)));
  }
  return lines;
}

/** Lines of at most 70 characters, broken at blanks. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > 68) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
