import type { ProcessingHook } from '../hooks/processing-hook.ts';
import type { ProcessingHookPlugin } from '../plugin-api/plugin-kinds.ts';
import { guardedData } from './guarded-data.ts';
import { guardedNode } from './guarded-node.ts';
import { callPlugin, type PluginOwner, partOf } from './plugin-owner.ts';

/** A plug-in's processing hook as one of the pipeline. It throws InspectorError only, with words that name it. */
export function pluggedHook(hook: ProcessingHookPlugin, owner: PluginOwner): ProcessingHook {
  const { name, dependencies = [] } = hook;
  const who = partOf(owner, 'hook', name);
  return {
    name,
    dependencies,
    async beforeProcessing(data, { log }) {
      if (hook.beforeProcessing === undefined) return;
      await callPlugin(
        owner,
        who,
        (context, guard) => hook.beforeProcessing?.(guardedData(data, guard), context),
        log,
      );
    },
    async beforeUpdate(data, node, { log }) {
      if (hook.beforeUpdate === undefined) return;
      await callPlugin(
        owner,
        who,
        (context, guard) =>
          hook.beforeUpdate?.(guardedData(data, guard), guardedNode(node, log, guard), context),
        log,
      );
    },
  };
}
