import type { AccessMode } from '../access.ts';
import type { Family } from './hook-points.ts';
import { changeScript, type SetContent, type TableLayout } from './table-script.ts';
import type { TableState } from './table-state.ts';
import { modeChains } from './verdict-chains.ts';

/**
 * What turns the tables that were found into those that are wanted.
 *
 * @param shapes Of the tables as they were made.
 * @returns A script, empty when nothing is to be done. Nothing when a table has to be made anew: something else than its
 *   elements and its mode has changed.
 */
export function differenceScript(
  layouts: readonly TableLayout[],
  shapes: ReadonlyMap<Family, string>,
  found: ReadonlyMap<Family, TableState>,
  wanted: { readonly mode: AccessMode; readonly content: SetContent },
): string | undefined {
  const scripts: string[] = [];
  for (const layout of layouts) {
    const state = found.get(layout.family);
    if (state?.content === undefined || state.shape !== shapes.get(layout.family)) return undefined;
    const { content } = state;
    const isMode = Object.entries(modeChains(layout.family, wanted.mode)).every(
      ([chain, [rule]]) => `goto ${state.modes.get(chain)}` === rule,
    );
    scripts.push(
      changeScript(layout, {
        ...(isMode ? {} : { mode: wanted.mode }),
        add: eachSet((set) => without(wanted.content[set], content[set])),
        remove: eachSet((set) => without(content[set], wanted.content[set])),
      }),
    );
  }
  return scripts.join('');
}

function eachSet(of: (set: keyof SetContent) => ReadonlySet<number>): SetContent {
  return { allowed: of('allowed'), denied: of('denied') };
}

function without(some: ReadonlySet<number>, others: ReadonlySet<number>): Set<number> {
  return new Set([...some].filter((number) => !others.has(number)));
}
