import { InspectorError } from '../../errors/inspector-error.ts';
import { type PowerRequest, powerRequests } from '../power/power-driver.ts';
import type { IntrospectionHooks } from '../provisioning.ts';
import type { Registry } from '../registry.ts';
import { invalidStateRequested } from '../registry-errors.ts';
import { addressedNode } from './addressed-node.ts';
import { urlOf } from './links.ts';
import { requireMinor } from './microversion.ts';
import { provisionStateFor } from './node-view.ts';
import { type Call, objectOf, only, paramOf, type Route, requiredText } from './route.ts';

/** Versions that brought a verb; the others have always been there. */
const verbVersions: Readonly<Record<string, number>> = { manage: 4, provide: 4, inspect: 6, abort: 13 };

/** Power and provision states of a node. */
export function stateRoutes({ nodes, power, provisioning }: Registry, hooks: IntrospectionHooks): Route[] {
  return [
    {
      method: 'GET',
      path: '/nodes/:node/states',
      async handle(call) {
        const node = await addressedNode(nodes, call);
        const names = [
          'console_enabled',
          'last_error',
          'power_state',
          'provision_updated_at',
          'target_power_state',
          'target_provision_state',
        ];
        if (call.minor >= 12) names.push('raid_config', 'target_raid_config');
        if (call.minor >= 75) names.push('boot_mode', 'secure_boot');
        const states = Object.fromEntries(names.map((name) => [name, node[name] ?? null]));
        return {
          status: 200,
          body: { ...states, provision_state: provisionStateFor(call.minor, node.provision_state) },
        };
      },
    },
    {
      method: 'PUT',
      path: '/nodes/:node/states/power',
      async handle(call) {
        const body = only(objectOf(call, 'power'), 'target', 'timeout');
        const node = await addressedNode(nodes, call);
        const target = requiredText(body, 'target');
        const timeout = body.timeout ?? undefined;
        if (target.startsWith('soft ') || timeout !== undefined) requireMinor(call.minor, 27);
        if (
          timeout !== undefined &&
          (typeof timeout !== 'number' || !Number.isInteger(timeout) || timeout < 1)
        ) {
          throw new InspectorError('invalid', 'timeout has to be positive integer');
        }
        if (!isPowerRequest(target))
          throw invalidStateRequested(target.slice(0, 100), node.uuid, node.power_state);
        await power.request(node.uuid, target, timeout);
        return { status: 202, location: statesUrl(call) };
      },
    },
    {
      method: 'PUT',
      path: '/nodes/:node/states/provision',
      async handle(call) {
        const body = objectOf(call, 'provision');
        const { uuid } = await addressedNode(nodes, call);
        const target = requiredText(body, 'target');
        requireMinor(call.minor, Object.hasOwn(verbVersions, target) ? (verbVersions[target] ?? 0) : 0);
        await provisioning.request(uuid, target.slice(0, 100), hooks);
        return { status: 202, location: statesUrl(call) };
      },
    },
  ];
}

function isPowerRequest(target: string): target is PowerRequest {
  return powerRequests.some((request) => request === target);
}

function statesUrl(call: Call): string {
  return urlOf(call.base, `nodes/${encodeURIComponent(paramOf(call, 'node'))}/states`);
}
