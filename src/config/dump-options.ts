import { looksSecret, maskSecretsInText } from '../logging/mask-secrets.ts';
import type { ParsedSources } from './configuration-sources.ts';
import type { DeclaredOption } from './option-index.ts';
import { showValue } from './show-value.ts';

/** An option with its effective value. */
export interface OptionValue extends DeclaredOption {
  readonly value: unknown;
  /** The value is a secret, or holds one by a reference. */
  readonly isSecret: boolean;
}

/** An option's value in one line, in the original's notation, without secrets. */
export function showOptionValue({ name, value, isSecret }: OptionValue): string {
  return isSecret || looksSecret(name) ? '****' : maskSecretsInText(showValue(value));
}

/**
 * All options, one a line, for the start-up dump at DEBUG. The layout of the original: a frame of stars, the
 * sources, then `[DEFAULT]` and the other sections.
 */
export function dumpOptions(
  values: readonly OptionValue[],
  { files, commandLine = [] }: ParsedSources,
): string[] {
  const rank = ({ section, name }: DeclaredOption) => `${section === 'DEFAULT' ? '' : section}.${name}`;
  const options = values.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const lines = options.map((one) => {
    const { section, name } = one;
    return `${(section === 'DEFAULT' ? name : `${section}.${name}`).padEnd(30)} = ${showOptionValue(one)}`;
  });
  return [
    '*'.repeat(80),
    'Configuration options gathered from:',
    `command line args: ${showValue(commandLine.map(({ argument }) => argument))}`,
    `config files: ${showValue(files.map(({ path }) => path))}`,
    '='.repeat(80),
    ...lines,
    '*'.repeat(80),
  ];
}
