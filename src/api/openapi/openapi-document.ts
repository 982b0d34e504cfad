import type { JsonObject } from '../../json/json-value.ts';
import { newestVersion, versionText } from '../microversion.ts';
import type { DocumentedApi } from './documented-api.ts';
import { operationObject, versionHeaderObject } from './operation-object.ts';
import { sharedAnswers } from './shared-answers.ts';

/** What everybody has to know, in Markdown with paragraphs and code only. */
export const introduction = `Hardware introspection for bare metal.

Every GET can be asked as HEAD, and every path answers OPTIONS. A slash at the end of a path changes nothing. \
Bodies are read as JSON, whatever their content type. Every answer carries the oldest and the newest version of its API, \
and \`X-Request-ID\`, by which the request is found in the log.

\`x-minimum-version\` is the version of the API that brought an operation, \`x-policy-rule\` the rule of the policy that \
decides who may ask. Credentials are those of \`[DEFAULT]auth_strategy\`: a token of Keystone, a password, or none.`;

const securitySchemes: JsonObject = {
  keystone: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Auth-Token',
    description: 'A token of Keystone, where auth_strategy is keystone.',
  },
  basic: { type: 'http', scheme: 'basic', description: 'A password, where auth_strategy is http_basic.' },
};

/**
 * An OpenAPI 3.1 document of the APIs, without `servers`: those are where the client has found it.
 *
 * @throws Error for two operations with the same id, or the same method and path.
 */
export function openapiDocument(apis: readonly DocumentedApi[]): JsonObject {
  const all = apis.flatMap(({ operations, conventions }) =>
    operations.map((operation) => ({ operation, conventions })),
  );
  requireUnique(all.map(({ operation }) => operation.documentation.id));
  requireUnique(all.map(({ operation: { method, path } }) => `${method} ${path}`));
  const paths: Record<string, JsonObject> = {};
  for (const { operation, conventions } of all) {
    const item = (paths[operation.path] ??= {});
    item[operation.method.toLowerCase()] = operationObject(operation, conventions);
  }
  const tags = new Set(all.map(({ operation }) => operation.documentation.tag));
  return {
    openapi: '3.1.1',
    info: {
      title: 'ironic-inspector',
      version: versionText(newestVersion),
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...tags].map((name) => ({ name })),
    paths,
    components: components(apis),
  };
}

function components(apis: readonly DocumentedApi[]): JsonObject {
  const schemas: JsonObject = {};
  const parameters: JsonObject = {};
  const responses: JsonObject = {};
  for (const { conventions, schemas: own } of apis) {
    Object.assign(schemas, own);
    if (conventions === undefined) continue;
    schemas[`${conventions.name}Error`] = conventions.error.schema;
    parameters[`${conventions.name}Version`] = versionHeaderObject(conventions.version);
    Object.assign(responses, sharedAnswers(conventions));
  }
  return { schemas, parameters, responses, securitySchemes };
}

function requireUnique(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Documented twice: ${twice}`);
}
