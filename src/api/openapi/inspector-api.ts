import { listSchema, objectSchema, textSchema } from '../../json/json-schema.ts';
import { malformedVersion, newestVersion, oldestVersion, versionText } from '../microversion.ts';
import type { Route } from '../route.ts';
import type { ApiConventions, DocumentedApi } from './documented-api.ts';
import { bulkSchemas } from './operations/bulk-schemas.ts';
import { explanationSchemas } from './operations/explanations.ts';
import { historySchemas } from './operations/history-schemas.ts';
import { introspectionSchemas } from './operations/introspection-schemas.ts';
import { pxeFilterSchemas } from './operations/pxe-filter.ts';
import { dryRunSchemas } from './operations/rule-changes.ts';
import { ruleSchemas } from './operations/rules.ts';
import { timelineSchemas } from './operations/timeline.ts';

const [oldest, newest] = [versionText(oldestVersion), versionText(newestVersion)];

const conventions: ApiConventions = {
  name: 'Inspector',
  version: {
    name: 'X-OpenStack-Ironic-Inspector-API-Version',
    description: `The version of the API to speak, ${oldest} to ${newest} or latest; ${newest} when not given.`,
    newest,
    refused: {
      'malformed-version': { version: 'newest', status: 400, message: malformedVersion },
      'unsupported-version': {
        version: '2.0',
        status: 406,
        message: `Unsupported API version 2.0, supported range is ${oldest} to ${newest}`,
      },
    },
  },
  error: {
    schema: objectSchema(
      { error: objectSchema({ message: textSchema('What is wrong, in a sentence.') }) },
      { description: 'Every error.' },
    ),
    body: (_status, message) => ({ error: { message } }),
  },
};

const schemas = {
  Links: listSchema(
    objectSchema({
      href: textSchema('The address.'),
      rel: textSchema('Always the same.', { const: 'self' }),
    }),
    'Where it is.',
  ),
  ...introspectionSchemas,
  ...historySchemas,
  ...explanationSchemas,
  ...timelineSchemas,
  ...pxeFilterSchemas,
  ...bulkSchemas,
  ...ruleSchemas,
  ...dryRunSchemas,
};

/** The API of ironic-inspector: its routes as the document has them. */
export function inspectorApi(routes: readonly Route[]): DocumentedApi {
  const operations = routes.map(({ method, path, policy, public: isPublic = false, documentation }) => ({
    method,
    path: path.replace(/<(\w+)>/g, '{$1}'),
    policy,
    public: isPublic,
    documentation,
  }));
  return { operations, schemas, conventions };
}
