import type { NewNode } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { NodeNotFoundContext, NodeNotFoundHook } from '../hooks/node-not-found-hook.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import type { NodeNotFoundPluginContext, PluginContext } from '../plugin-api/plugin-context.ts';
import type { NodeNotFoundHookPlugin } from '../plugin-api/plugin-kinds.ts';
import type { Guard } from './guard.ts';
import { guardedData } from './guarded-data.ts';
import { callPlugin, type PluginOwner, partOf } from './plugin-owner.ts';

/** A plug-in's node-not-found hook as the service's. */
export function pluggedNotFoundHook(hook: NodeNotFoundHookPlugin, owner: PluginOwner): NodeNotFoundHook {
  const who = partOf(owner, 'hook', hook.name);
  return {
    name: hook.name,
    async handle(data, context) {
      const uuid: unknown = await callPlugin(
        owner,
        who,
        (plain, guard) => hook.handle(guardedData(data, guard), withCalls(plain, guard, context)),
        context.log,
      );
      if (uuid === undefined || uuid === null) return undefined;
      const canonical = typeof uuid === 'string' ? canonicalUuid(uuid) : undefined;
      if (canonical !== undefined) return canonical;
      throw new InspectorError('internal', `${who}: expected it to return the UUID of a node, or nothing`);
    },
  };
}

function withCalls(
  plain: PluginContext,
  guard: Guard,
  service: NodeNotFoundContext,
): NodeNotFoundPluginContext {
  const guarded =
    <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      guard.check();
      return call(...given);
    };
  return {
    ...plain,
    getNode: guarded((ident: string) => service.bareMetal.getNode(ident)),
    findPortByAddress: guarded((address: string) => service.bareMetal.findPortByAddress(address)),
    findNodeByBmcAddress: guarded((addresses: readonly string[]) => service.findNodeByBmcAddress(addresses)),
    createNode: guarded((node: NewNode) => service.bareMetal.createNode(node)),
  };
}
