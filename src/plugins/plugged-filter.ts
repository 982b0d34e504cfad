import type { PxeFilterPlugin } from '../plugin-api/plugin-kinds.ts';
import type { PxeFilter } from '../pxe-filter/pxe-filter.ts';
import { callPlugin, type PluginOwner, partOf } from './plugin-owner.ts';

/** What a filter has to know of the nodes. */
export interface Access {
  /** The MAC addresses of machines under introspection, sorted. */
  allowedMacs(): Promise<readonly string[]>;
}

/** A plug-in's PXE filter as the service's driver: its calls follow each other, and never run side by side. */
export function pluggedFilter(filter: PxeFilterPlugin, owner: PluginOwner, access: Access): PxeFilter {
  const who = partOf(owner, 'PXE filter', filter.name);
  const call = async () => {
    await callPlugin(owner, who, (context) =>
      filter.sync({ ...context, allowedMacs: () => access.allowedMacs() }),
    );
  };
  let last = Promise.resolve();
  return {
    name: filter.name,
    sync() {
      const turn = last.then(call);
      last = turn.catch(() => {});
      return turn;
    },
  };
}
