import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { type InterfaceType, interfaceTypes, partOf } from '../hardware-types.ts';
import type { NodeDocument } from '../node-document.ts';
import type { PowerActions } from '../power-actions.ts';
import type { Registry } from '../registry.ts';
import { addressedNode } from './addressed-node.ts';
import { validateNodeDocumentation } from './documentation/node-parts.ts';
import type { Route } from './route.ts';

/** Says of each part of a node's driver whether it could do its work. */
export function validateRoutes({ nodes, power }: Registry): Route[] {
  return [
    {
      method: 'GET',
      path: '/nodes/:node/validate',
      documentation: validateNodeDocumentation,
      async handle(call) {
        const node = await addressedNode(nodes, call);
        const parts = interfaceTypes.filter((type) => type !== 'vendor');
        return {
          status: 200,
          body: Object.fromEntries(parts.map((type) => [type, validation(node, type, power)])),
        };
      },
    },
  ];
}

function validation(node: NodeDocument, type: InterfaceType, power: PowerActions): JsonObject {
  if (partOf(node, type).startsWith('no-')) {
    return {
      result: false,
      reason: `Driver ${node.driver} does not support ${type} (disabled or not implemented).`,
    };
  }
  if (type !== 'power' && type !== 'management') return { result: true };
  try {
    power.driverOf(node).validate(node);
    return { result: true };
  } catch (error) {
    if (error instanceof InspectorError) return { result: false, reason: error.message };
    throw error;
  }
}
