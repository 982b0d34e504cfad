import type { Option, OptionGroup, Options, OptionsOf } from '../config/option.ts';
import { normalSection } from '../config/parse-ini.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { processingHookOptionGroups } from './processing/built-ins.ts';

/** By section and option, as a configuration file has them; a list for an option that may be repeated. */
export type HookOptionTexts = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Gives the values of a group. */
export type OptionValues = <O extends Options>(group: OptionGroup<O>) => OptionsOf<O>;

/** They name files, which is for who writes the configuration, and not for who asks over the network. */
const ofFiles = new Set(['accelerators.known_devices']);

/**
 * The options of the hooks with some of them changed, to see what would come of it.
 *
 * @throws InspectorError `invalid` for an option that no hook has, or a value that is not allowed.
 */
export function changedHookOptions(configured: OptionValues, texts: HookOptionTexts): OptionValues {
  const changed = new Map<OptionGroup, Record<string, unknown>>();
  for (const [section, options] of Object.entries(texts)) {
    for (const [name, text] of Object.entries(options)) {
      const group = groupOf(section, name);
      const value = valueOf(`[${section}]${name}`, group.options[name], text);
      changed.set(group, { ...changed.get(group), [name]: value });
    }
  }
  return <O extends Options>(group: OptionGroup<O>) => ({
    ...configured(group),
    ...(changed.get(group) as Partial<OptionsOf<O>> | undefined),
  });
}

function groupOf(section: string, name: string): OptionGroup {
  const groups: readonly OptionGroup[] = processingHookOptionGroups;
  const found = groups.find(
    ({ group, options }) => normalSection(group) === normalSection(section) && Object.hasOwn(options, name),
  );
  if (found === undefined || ofFiles.has(`${found.group}.${name}`)) {
    throw new InspectorError(
      'invalid',
      `[${section}]${name}: expected an option of a hook that names no file; docs/hooks.md has them`,
    );
  }
  return found;
}

function valueOf(
  place: string,
  option: Option<unknown> | undefined,
  text: string | readonly string[],
): unknown {
  const isMulti = option?.multi === true;
  const texts = typeof text === 'string' ? [text] : text;
  if (!isMulti && texts.length !== 1) {
    throw new InspectorError('invalid', `${place}: expected one value, got ${texts.length}`);
  }
  try {
    const values = texts.map((one) => option?.parse(one));
    return isMulti ? values.flat() : values[0];
  } catch (cause) {
    throw new InspectorError('invalid', `${place}: ${messageOf(cause)}`, { cause });
  }
}
