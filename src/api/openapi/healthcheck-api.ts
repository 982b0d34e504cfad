import type { AnswerDocumentation, OperationDocumentation } from '../../json/documented-operation.ts';
import { listSchema, objectSchema, textSchema } from '../../json/json-schema.ts';
import type { HealthcheckOptions } from '../healthcheck/healthcheck-options.ts';
import type { DocumentedApi } from './documented-api.ts';

const tag = 'Health';

const results: AnswerDocumentation = {
  description: '',
  mediaType: 'text/plain; charset=UTF-8',
  schema: textSchema('One reason a line.'),
  otherMediaTypes: {
    'application/json': {
      oneOf: [
        objectSchema({
          detailed: { const: false },
          reasons: listSchema(textSchema('A reason.'), 'One for each check.'),
        }),
        { type: 'object', properties: { detailed: { const: true } }, required: ['detailed', 'reasons'] },
      ],
    },
    'text/html; charset=UTF-8': textSchema('A page.'),
  },
};

/** The health check where it is enabled, else nothing. It asks nobody for credentials. */
export function healthcheckApi({ enabled, path }: HealthcheckOptions): DocumentedApi {
  const [asked, judged] = [get, head].map((documentation) => ({ path, public: true, documentation }));
  if (!enabled || asked === undefined || judged === undefined) return { operations: [], schemas: {} };
  return {
    operations: [
      { ...asked, method: 'GET' },
      { ...judged, method: 'HEAD' },
    ],
    schemas: {},
  };
}

const get: OperationDocumentation = {
  id: 'checkHealth',
  tag,
  summary: 'Ask whether requests should be sent here',
  description:
    'Looks at the files of `[healthcheck]`, not at the database. As text, JSON or HTML, by `Accept`. The path is taken as it is.',
  answers: {
    200: { ...results, description: 'They should.' },
    503: { ...results, description: 'They should not.' },
  },
  examples: [{ name: 'healthy', summary: 'The reasons as text', status: 200 }],
};

const head: OperationDocumentation = {
  id: 'judgeHealth',
  tag,
  summary: 'The same without a body',
  answers: { 204: { description: 'They should.' }, 503: { description: 'They should not.' } },
  examples: [{ name: 'healthy', summary: 'The status alone', status: 204 }],
};
