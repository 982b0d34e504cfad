import type { PxeAccess, PxeFilterContext } from '../plugin-api/plugin-context.ts';
import type { PxeFilterPlugin } from '../plugin-api/plugin-kinds.ts';
import type { Access } from '../pxe-filter/access.ts';
import type { FilterDriver } from '../pxe-filter/filter-driver.ts';
import type { Guard } from './guard.ts';
import { callPlugin, type PluginOwner, partOf } from './plugin-owner.ts';

/** A plug-in's PXE filter as a driver of the service; it is always told the whole. */
export function pluggedFilter(filter: PxeFilterPlugin, owner: PluginOwner): FilterDriver {
  const who = partOf(owner, 'PXE filter', filter.name);
  return {
    name: filter.name,
    wantsPeriodicSync: filter.wantsPeriodicSync ?? true,
    async init() {
      await callPlugin(owner, who, (context) => filter.init?.(context));
    },
    async apply(access) {
      await callPlugin(owner, who, (context, guard) => filter.sync({ ...context, ...asked(access, guard) }));
    },
    async tearDown() {
      await callPlugin(owner, who, (context) => filter.tearDown?.(context));
    },
  };
}

/** Copies that are made when they are asked for, since there may be many addresses. */
function asked(access: Access, guard: Guard): Pick<PxeFilterContext, 'allowedMacs' | 'access'> {
  const copied = (macs: ReadonlySet<string>) => {
    guard.check();
    return Object.freeze([...macs].sort());
  };
  return {
    allowedMacs: async () => copied(access.allowed),
    access: (): PxeAccess =>
      Object.freeze({ mode: access.mode, allowed: copied(access.allowed), denied: copied(access.denied) }),
  };
}
