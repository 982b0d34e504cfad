import type { NodeNotFoundHook } from '../node-not-found-hook.ts';

/** Shows what a node-not-found hook looks like: it says in the debug log that it was asked, and wants no node. */
export function exampleNodeNotFoundHook(): NodeNotFoundHook {
  return {
    name: 'example',
    async handle(data, { log }) {
      log.debug(`Processing node not found: ${Object.keys(data).join(', ')}`);
      return undefined;
    },
  };
}
