import { InspectorError } from '../../../errors/inspector-error.ts';
import { isObject } from '../../../json/json-value.ts';
import type { CommandSurroundings } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import type { InterfaceRecord } from './interface-fields.ts';

/**
 * The interfaces in the stored data of a node.
 *
 * @throws InspectorError `not-found` where the data tells of none.
 */
export async function readInterfaces(node: string, on: CommandSurroundings): Promise<InterfaceRecord[]> {
  const answer = await on.api().read({ method: 'GET', path: ['introspection', node, 'data'] });
  const all = objectIn(answer.value)['all_interfaces'];
  if (!isObject(all)) {
    throw new InspectorError(
      'not-found',
      `The introspection data of ${node} has no interfaces (all_interfaces)`,
    );
  }
  return Object.entries(all).map(([name, record]) => ({
    node,
    name,
    record: isObject(record) ? record : {},
  }));
}
