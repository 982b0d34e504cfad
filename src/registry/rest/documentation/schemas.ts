import {
  anyObjectSchema,
  type JsonSchema,
  listSchema,
  objectSchema,
  orNull,
  schemaNamed,
  textSchema,
} from '../../../json/json-schema.ts';
import type { JsonObject } from '../../../json/json-value.ts';
import type { Field, Fields, FieldType } from '../../field.ts';
import { interfaceTypes } from '../../hardware-types.ts';
import { nodeFields } from '../../node-fields.ts';
import { portFields } from '../../port-fields.ts';
import { mostOperations } from '../patch-body.ts';

const schemasOfTypes: Readonly<Record<FieldType, JsonObject>> = {
  text: { type: 'string' },
  uuid: { type: 'string', format: 'uuid' },
  flag: { type: 'boolean' },
  object: { type: 'object' },
  list: { type: 'array', items: { type: 'string' } },
  time: { type: 'string', format: 'date-time' },
  interface: { type: 'string' },
  address: { type: 'string', examples: ['52:54:00:12:34:56'] },
};

function fieldSchema({ type, since, maxLength, default: usual }: Field, isRequest: boolean): JsonSchema {
  const schema: JsonSchema = {
    ...schemasOfTypes[type],
    ...(since > 1 ? { description: `Since 1.${since}.` } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
  // What may be left out may be given as null, too.
  const mayBeNull = isRequest ? usual !== undefined : usual === null;
  return mayBeNull ? orNull(schema) : schema;
}

/** What an answer shows: the fields that the client's version has and that it asks for. */
function shown(fields: Fields, description: string, others: readonly string[]): JsonSchema {
  const properties = Object.entries(fields).map(([name, field]) => [name, fieldSchema(field, false)]);
  const links = others.map((name) => [name, schemaNamed('RegistryLinks')]);
  return {
    type: 'object',
    description,
    properties: Object.fromEntries([...properties, ...links]),
    required: ['links'],
    additionalProperties: false,
  };
}

/** What a client may give when it creates something. */
function creatable(fields: Fields, description: string): JsonSchema {
  const settable = Object.entries(fields).filter(([, { set }]) => set === 'create' || set === 'create-only');
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(settable.map(([name, field]) => [name, fieldSchema(field, true)])),
    required: settable.filter(([, field]) => field.default === undefined).map(([name]) => name),
    additionalProperties: false,
  };
}

const validation = objectSchema(
  {
    result: { type: 'boolean', description: 'Whether it could do its work.' },
    reason: textSchema('Why it could not.'),
  },
  { optional: ['reason'] },
);

/** What the operations of the registry are made of, by name. */
export const registrySchemas: Readonly<Record<string, JsonSchema>> = {
  RegistryLinks: listSchema(
    objectSchema(
      {
        href: textSchema('The address.'),
        rel: textSchema('`self` or `bookmark`.'),
        type: textSchema('The media type.'),
      },
      { optional: ['type'] },
    ),
    'Where it is.',
  ),
  RegistryVersion: objectSchema({
    id: textSchema('`v1`'),
    links: schemaNamed('RegistryLinks'),
    status: textSchema('Always the same.', { const: 'CURRENT' }),
    min_version: textSchema('The oldest version.'),
    version: textSchema('The newest version.'),
  }),
  Node: shown(nodeFields, 'A node, in the fields of the version that is asked for, without passwords.', [
    'links',
    'ports',
    'states',
  ]),
  NewNode: creatable(nodeFields, 'A node to create.'),
  Port: shown(portFields, 'A port of a node, in the fields of the version that is asked for.', ['links']),
  NewPort: creatable(portFields, 'A port to create.'),
  Patch: listSchema(
    objectSchema(
      {
        op: textSchema('What is done.', { enum: ['add', 'replace', 'remove'] }),
        path: textSchema('`/field` or `/field/member`.', { pattern: '^(?:/[^/]+)+$' }),
        value: { description: 'The new value; not for remove.' },
      },
      { optional: ['value'] },
    ),
    'A JSON patch (RFC 6902) of these operations.',
    { maxItems: mostOperations },
  ),
  States: {
    ...anyObjectSchema('The states of a node, as far as the version that is asked for has them.'),
    properties: {
      power_state: orNull(textSchema('`power on`, `power off`, or null when it is not known.')),
      provision_state: orNull(textSchema('Where the node is in its life.')),
    },
    required: [
      'power_state',
      'provision_state',
      'target_power_state',
      'target_provision_state',
      'last_error',
    ],
  },
  Validation: objectSchema(
    Object.fromEntries(interfaceTypes.filter((type) => type !== 'vendor').map((type) => [type, validation])),
    { description: 'Of each part of the driver, whether it could do its work.' },
  ),
  Driver: {
    ...anyObjectSchema('What a node can have as its `driver`, with its parts since 1.30.'),
    properties: {
      name: textSchema('The name.'),
      hosts: listSchema(textSchema('A name.'), 'The services that have it.'),
      links: schemaNamed('RegistryLinks'),
      properties: schemaNamed('RegistryLinks'),
      type: textSchema('Since 1.30.', { const: 'dynamic' }),
    },
    required: ['name', 'hosts', 'links'],
  },
};
