import type { ProcessingHook } from '../processing-hook.ts';

/**
 * Shows what a hook looks like: it says in the debug log when it is called, and with which members of the
 * document. Values stay out of the log (docs/compatibility.md, example-hooks-log).
 */
export function exampleHook(): ProcessingHook {
  return {
    name: 'example',
    beforeProcessing(data, { log }) {
      log.debug(`before_processing: ${Object.keys(data).join(', ')}`);
    },
    beforeUpdate(data, node, { log }) {
      log.debug(`before_update: ${Object.keys(data).join(', ')} (node ${node.uuid})`);
    },
  };
}
