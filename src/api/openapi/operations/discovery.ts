import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { newestVersion, versionText } from '../../microversion.ts';
import { exampleNames } from '../example-names.ts';

const tag = 'Discovery';
const { root } = exampleNames;

/** `GET /` */
export const rootDocumentation: OperationDocumentation = {
  id: 'listVersions',
  tag,
  summary: 'List the API versions',
  description: 'Clients begin here: `id` is the newest version of the API, `href` where all else is.',
  answers: {
    200: {
      description: 'The one version there is.',
      schema: objectSchema({
        versions: listSchema(
          objectSchema({
            id: textSchema('The newest version.'),
            links: schemaNamed('Links'),
            status: textSchema('Always the same.', { const: 'CURRENT' }),
          }),
          'The versions.',
        ),
      }),
    },
  },
  examples: [
    {
      name: 'versions',
      summary: 'What is there?',
      status: 200,
      answer: {
        versions: [
          {
            id: versionText(newestVersion),
            links: [{ href: `${root}/v1`, rel: 'self' }],
            status: 'CURRENT',
          },
        ],
      },
    },
  ],
};

/** `GET /<version>` */
export const versionDocumentation: OperationDocumentation = {
  id: 'showVersion',
  tag,
  summary: 'List what an API version has',
  parameters: [{ in: 'path', name: 'version', description: 'The version.', schema: textSchema('`v1`') }],
  answers: {
    200: {
      description: 'The resources, by name.',
      schema: objectSchema({
        resources: listSchema(
          objectSchema({ links: schemaNamed('Links'), name: textSchema('The name.') }),
          'The resources.',
        ),
      }),
    },
    404: { description: 'There is no such version.' },
  },
  examples: [
    {
      name: 'version-1',
      summary: 'What does version 1 have?',
      parameters: { version: 'v1' },
      status: 200,
      answer: {
        resources: ['continue', 'introspection', 'rules'].map((name) => ({
          links: [{ href: `${root}/v1/${name}`, rel: 'self' }],
          name,
        })),
      },
    },
    {
      name: 'unknown-version',
      summary: 'A version that is not there',
      parameters: { version: 'v2' },
      status: 404,
      answer: 'Version v2 not found.',
    },
  ],
};

/** `GET /v1/openapi.json` */
export const openapiDocumentation: OperationDocumentation = {
  id: 'showOpenapiDocument',
  tag,
  summary: 'Show this document',
  description: 'Its server is where the request went to.',
  answers: {
    200: {
      description: 'An OpenAPI 3.1 document.',
      schema: { type: 'object', required: ['openapi', 'paths'] },
    },
  },
  examples: [{ name: 'document', summary: 'The whole document', status: 200 }],
};

/** `GET /v1/docs` */
export const readerDocumentation: OperationDocumentation = {
  id: 'readDocumentation',
  tag,
  summary: 'Read this document as a page',
  description: 'One page without scripts that asks for nothing else, so it can be kept and read anywhere.',
  answers: {
    200: {
      description: 'The page.',
      mediaType: 'text/html; charset=utf-8',
      schema: textSchema('HTML.'),
      headers: { 'Content-Security-Policy': 'Forbids scripts, and everything from elsewhere.' },
    },
  },
  examples: [{ name: 'page', summary: 'The whole page', status: 200 }],
};
