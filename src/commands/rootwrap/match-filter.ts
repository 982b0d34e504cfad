import { type CommandFilter, findExecutable } from './command-filter.ts';

/** What the filters say of a command. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly filter: CommandFilter; readonly executable: string }
  /** A filter allows the command, but there is no such executable. */
  | { readonly kind: 'not-found'; readonly filter: CommandFilter }
  | { readonly kind: 'unauthorized' };

/**
 * The first filter that allows the command and whose executable exists. A command inside the command has to be
 * allowed by a filter of its own for the same user.
 */
export function matchFilter(
  filters: readonly CommandFilter[],
  command: readonly string[],
  folders: readonly string[],
): Verdict {
  let missing: CommandFilter | undefined;
  for (const filter of filters) {
    if (!filter.match(command) || !isInsideAllowed(filter, filters, command, folders)) continue;
    const executable = findExecutable(filter.executable, folders);
    if (executable !== undefined) return { kind: 'allowed', filter, executable };
    missing ??= filter;
  }
  return missing === undefined ? { kind: 'unauthorized' } : { kind: 'not-found', filter: missing };
}

function isInsideAllowed(
  filter: CommandFilter,
  filters: readonly CommandFilter[],
  command: readonly string[],
  folders: readonly string[],
): boolean {
  const inside = filter.inside?.(command);
  if (inside === undefined) return true;
  const leaves = filters.filter((other) => other.runAs === filter.runAs && other.inside === undefined);
  return inside.length > 0 && matchFilter(leaves, inside, folders).kind === 'allowed';
}
