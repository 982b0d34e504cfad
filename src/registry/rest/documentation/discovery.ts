import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { rootDocument, versionDocument } from '../version-documents.ts';
import { exampleBase } from './examples.ts';

const tag = 'Registry: discovery';

/** `GET /baremetal` */
export const registryRootDocumentation: OperationDocumentation = {
  id: 'listRegistryVersions',
  tag,
  summary: 'List the versions of the registry',
  answers: {
    200: {
      description: 'The one version there is.',
      schema: objectSchema({
        name: textSchema('The name that clients know.'),
        description: textSchema('What it is.'),
        default_version: schemaNamed('RegistryVersion'),
        versions: listSchema(schemaNamed('RegistryVersion'), 'The versions.'),
      }),
    },
  },
  examples: [{ name: 'versions', summary: 'What is there?', status: 200, answer: rootDocument(exampleBase) }],
};

/** `GET /baremetal/v1` */
export const registryVersionDocumentation: OperationDocumentation = {
  id: 'showRegistryVersion',
  tag,
  summary: 'List what version 1 of the registry has',
  answers: {
    200: {
      description: 'The resources.',
      schema: objectSchema({
        id: textSchema('`v1`'),
        links: schemaNamed('RegistryLinks'),
        media_types: { type: 'object', description: 'What bodies are.' },
        drivers: schemaNamed('RegistryLinks'),
        nodes: schemaNamed('RegistryLinks'),
        ports: schemaNamed('RegistryLinks'),
        version: schemaNamed('RegistryVersion'),
      }),
    },
  },
  examples: [
    {
      name: 'version-1',
      summary: 'What does version 1 have?',
      status: 200,
      answer: versionDocument(exampleBase),
    },
  ],
};
