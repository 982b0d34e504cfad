import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { OptionGroup } from '../config/option.ts';
import { nodeNotFoundHookBuiltIns, nodeNotFoundHookOptionGroups } from './node-not-found/built-ins.ts';
import { processingHookBuiltIns, processingHookOptionGroups } from './processing/built-ins.ts';
import { processingOptions } from './processing-options.ts';

const page = readFileSync(new URL('../../docs/hooks.md', import.meta.url), 'utf8');

function spellings(groups: readonly OptionGroup[]): string[] {
  return groups.flatMap(({ group, options }) =>
    Object.keys(options).map((name) => (group === 'processing' ? `\`${name}\`` : `[${group}]${name}`)),
  );
}

describe('the page about hooks', () => {
  it('has a row for every built-in processing hook, the default ones in their order', () => {
    const inOrder = processingOptions.options.default_processing_hooks.default.split(',');
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1] ?? '');

    assert.deepEqual(rows.slice(0, inOrder.length), inOrder);
    const rest = [...processingHookBuiltIns.keys()].filter((name) => !inOrder.includes(name)).toSorted();
    const known = [...rest, ...nodeNotFoundHookBuiltIns.keys()].toSorted();
    assert.deepEqual(rows.slice(inOrder.length).toSorted(), known);
  });

  it('names every option of a hook', () => {
    const general = [
      'default_processing_hooks',
      'processing_hooks',
      'node_not_found_hook',
      'power_off',
      'permit_active_introspection',
    ];
    const all = spellings([...processingHookOptionGroups, ...nodeNotFoundHookOptionGroups]);

    const missing = all.filter(
      (name) => !page.includes(name) && !general.some((one) => name === `\`${one}\``),
    );

    assert.deepEqual(missing, []);
  });
});
