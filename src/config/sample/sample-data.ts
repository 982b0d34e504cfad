import type { Option, OptionGroup } from '../option.ts';
import { normalSection } from '../parse-ini.ts';
import { sampleSections } from './sample-file.ts';

/** An option for programs, with the names of members that oslo-config-generator has. */
export interface SampleOption {
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
  readonly help: string;
  readonly choices: readonly string[];
  readonly min: number | null;
  readonly max: number | null;
  readonly mutable: boolean;
  readonly secret: boolean;
  readonly sample_default: string | null;
  readonly deprecated_for_removal: boolean;
  readonly deprecated_reason: string | null;
  readonly deprecated_opts: readonly { readonly group: string; readonly name: string }[];
  /** The option does something in this version. */
  readonly has_effect: boolean;
}

/** Every option, for programs: what `genconfig --format json` and `yaml` write. */
export interface SampleData {
  readonly options: Readonly<Record<string, { readonly opts: readonly SampleOption[] }>>;
  /** Old names by their sections, and what stands for them today. */
  readonly deprecated_options: Readonly<Record<string, readonly ReplacedOption[]>>;
}

interface ReplacedOption {
  readonly name: string;
  readonly replacement_group: string;
  readonly replacement_name: string;
}

/** The options of the groups as plain data, in the order of the sample file. */
export function sampleData(groups: readonly OptionGroup[]): SampleData {
  const options: Record<string, { opts: SampleOption[] }> = {};
  const replaced: Record<string, ReplacedOption[]> = {};
  for (const section of sampleSections(groups)) {
    const opts = section.options.map(([name, option]) => sampleOption(section.name, name, option));
    options[section.name] = { opts };
    for (const { name: replacement_name, deprecated_opts } of opts) {
      for (const { group, name } of deprecated_opts) {
        const old = normalSection(group);
        replaced[old] = [
          ...(replaced[old] ?? []),
          { name, replacement_group: section.name, replacement_name },
        ];
      }
    }
  }
  return { options, deprecated_options: replaced };
}

function sampleOption(group: string, name: string, option: Option<unknown>): SampleOption {
  return {
    name,
    type: option.type,
    // A default that depends on the machine is none that a program should see.
    default: option.sampleDefault === undefined ? option.default : null,
    help: option.help,
    choices: option.choices ?? [],
    min: option.min ?? null,
    max: option.max ?? null,
    mutable: option.mutable === true,
    secret: option.secret === true,
    sample_default: option.sampleDefault ?? null,
    deprecated_for_removal: option.deprecatedForRemoval !== undefined,
    deprecated_reason: option.deprecatedForRemoval ?? null,
    deprecated_opts: (option.deprecatedNames ?? []).map((old) => ({
      group: old.group ?? group,
      name: old.name,
    })),
    has_effect: option.withoutEffect !== true,
  };
}
