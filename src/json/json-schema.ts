import type { JsonObject } from './json-value.ts';

/** A JSON Schema, draft 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = JsonObject;

/** A text; `limits` are further members, such as `maxLength` or `enum`. */
export function textSchema(description: string, limits: JsonObject = {}): JsonSchema {
  return { type: 'string', description, ...limits };
}

/** The same schema that takes `null` as well; it has to name one type. */
export function orNull(schema: JsonSchema): JsonSchema {
  return { ...schema, type: [schema.type ?? 'object', 'null'] };
}

/** A list whose items are all of one kind. */
export function listSchema(items: JsonSchema, description: string, limits: JsonObject = {}): JsonSchema {
  return { type: 'array', description, items, ...limits };
}

/** An object with these members and no others; all are there but for the optional ones. */
export function objectSchema(
  properties: Readonly<Record<string, JsonSchema>>,
  {
    description,
    optional = [],
  }: { readonly description?: string; readonly optional?: readonly string[] } = {},
): JsonSchema {
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: { ...properties },
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

/** An object of which nothing more is said. */
export function anyObjectSchema(description: string): JsonSchema {
  return { type: 'object', description };
}

/** A schema that the document has once, under a name. */
export function schemaNamed(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
