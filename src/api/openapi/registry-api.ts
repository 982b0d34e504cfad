import type { DocumentedOperation } from '../../json/documented-operation.ts';
import { objectSchema, textSchema } from '../../json/json-schema.ts';
import { registrySchemas } from '../../registry/rest/documentation/schemas.ts';
import { traitSchemas } from '../../registry/rest/documentation/traits.ts';
import { faultBody } from '../../registry/rest/fault.ts';
import { newestMinor, oldestMinor } from '../../registry/rest/microversion.ts';
import type { ApiConventions, DocumentedApi } from './documented-api.ts';

const [oldest, newest] = [`1.${oldestMinor}`, `1.${newestMinor}`];
const tooNew = `1.${newestMinor + 1}`;

const conventions: ApiConventions = {
  name: 'Registry',
  version: {
    name: 'X-OpenStack-Ironic-API-Version',
    description: `The version of the API to speak, ${oldest} to ${newest} or latest; ${oldest} when not given. OpenStack-API-Version: baremetal ${newest} does the same.`,
    newest,
    refused: {
      'unsupported-version': {
        version: tooNew,
        status: 406,
        message: `Version ${tooNew} was requested but the minor version is not supported by this service. The supported version range is: [${oldest}, ${newest}].`,
      },
    },
  },
  error: {
    schema: objectSchema(
      { error_message: textSchema('JSON in JSON: an object with faultcode, faultstring and debuginfo.') },
      { description: 'Every error of the registry.' },
    ),
    body: (status, message) => faultBody({ status, message }),
  },
};

/** The built-in bare metal registry, in the shapes of Ironic's API. */
export function registryApi(operations: readonly DocumentedOperation[]): DocumentedApi {
  return { operations, schemas: { ...registrySchemas, ...traitSchemas }, conventions };
}
