import { InspectorError } from '../errors/inspector-error.ts';
import type { Begun, PluginOwner } from './plugin-owner.ts';

/**
 * What plug-ins bring of a kind, by the names that the configuration may call it: `name`, and `plug-in:name`.
 * Where several bring the same name, the short one is refused when it is used.
 */
export function makersByName<T extends { readonly name: string }, A extends readonly unknown[], R>(
  begun: readonly Begun[],
  pick: (plugin: Begun['plugin']) => readonly T[] | undefined,
  make: (member: T, owner: PluginOwner, ...more: A) => R,
): ReadonlyMap<string, (...more: A) => R> {
  const all = begun.flatMap(({ plugin, owner }) =>
    (pick(plugin) ?? []).map((member) => ({
      name: member.name,
      full: `${owner.name}:${member.name}`,
      maker: (...more: A) => make(member, owner, ...more),
    })),
  );
  const makers = new Map(all.map(({ full, maker }) => [full, maker]));
  for (const { name, maker } of all) {
    const same = all.filter((one) => one.name === name).map(({ full }) => full);
    makers.set(name, same.length === 1 ? maker : () => refuse(name, same));
  }
  return makers;
}

function refuse(name: string, same: readonly string[]): never {
  throw new InspectorError(
    'invalid',
    `several plug-ins bring "${name}": write ${same.join(' or ')} in the configuration`,
  );
}
