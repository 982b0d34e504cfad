import type { ParameterDocumentation } from '../../../json/documented-operation.ts';
import { textSchema } from '../../../json/json-schema.ts';
import type { JsonObject } from '../../../json/json-value.ts';

const flag: JsonObject = { type: 'boolean' };
const uuid: JsonObject = { type: 'string', format: 'uuid' };

/** Every parameter behind the `?`: a sentence, and what it may be. */
const queryParameters = {
  address: ['Only ports with this MAC address.', textSchema('A MAC address.')],
  associated: ['Only nodes that have an instance, or that have none.', flag],
  detail: ['All members of each entry. Since 1.30 for drivers, 1.43 for the others.', flag],
  driver: ['Only nodes of this driver. Since 1.16.', textSchema('A driver.')],
  fields: ['The members to show, separated by commas. Since 1.8.', textSchema('Names of fields.')],
  instance_uuid: ['Only the node of this instance.', uuid],
  limit: ['The most entries of the page.', { type: 'integer', minimum: 1 }],
  maintenance: ['Only nodes in maintenance, or not in maintenance.', flag],
  marker: ['The UUID of the entry that the page begins behind.', uuid],
  node: ['Only ports of the node of this UUID or name.', textSchema('A UUID or a name.')],
  node_uuid: ['Only ports of the node of this UUID.', uuid],
  portgroup: ['There are none here, so that nothing is found.', textSchema('A UUID or a name.')],
  provision_state: ['Only nodes in this state. Since 1.9.', textSchema('A provision state.')],
  reset_interfaces: ['Whether the parts of a new driver become its usual ones. Since 1.45.', flag],
  resource_class: ['Only nodes of this class. Since 1.21.', textSchema('A resource class.')],
  sort_dir: ['In which order.', textSchema('A direction.', { enum: ['asc', 'desc'] })],
  sort_key: ['The field by which the entries are sorted.', textSchema('The name of a field.')],
  type: ['Which kind of driver. Since 1.30.', textSchema('A kind.', { enum: ['classic', 'dynamic'] })],
} as const satisfies Readonly<Record<string, readonly [string, JsonObject]>>;

/** The name of a parameter that is documented. */
export type QueryName = keyof typeof queryParameters;

/** The documentation of the parameters that a route takes; it checks by the same list of names. */
export function queryDocumentation(names: readonly QueryName[]): ParameterDocumentation[] {
  return names.map((name) => {
    const [description, schema] = queryParameters[name];
    return { in: 'query', name, description, schema };
  });
}

/** What varies in a path. */
export function pathParameter(name: string, description: string): ParameterDocumentation {
  return { in: 'path', name, description, schema: { type: 'string', minLength: 1 } };
}

/** `:node` in a path. */
export const nodeParameter = pathParameter('node', 'The UUID of the node, or its name since 1.5.');
