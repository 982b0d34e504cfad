import { nodeNotFoundHookBuiltIns } from '../hooks/node-not-found/built-ins.ts';
import { processingHookBuiltIns } from '../hooks/processing/built-ins.ts';
import { dataStoreBuiltIns } from '../introspection-data/built-ins.ts';
import { pxeFilterBuiltIns } from '../pxe-filter/built-ins.ts';
import { actionBuiltIns } from '../rules/actions/built-ins.ts';
import { conditionBuiltIns } from '../rules/conditions/built-ins.ts';
import type { PluginKind } from './loaded-plugin.ts';

/** What comes with the service, by kind. */
export const builtInNames: Readonly<Record<PluginKind, readonly string[]>> = {
  processingHooks: [...processingHookBuiltIns.keys()],
  nodeNotFoundHooks: [...nodeNotFoundHookBuiltIns.keys()],
  ruleConditions: [...conditionBuiltIns.keys()],
  ruleActions: [...actionBuiltIns.keys()],
  dataStores: [...dataStoreBuiltIns.keys()],
  pxeFilters: [...pxeFilterBuiltIns.keys()],
};
