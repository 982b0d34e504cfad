import type {
  AnswerDocumentation,
  DocumentedOperation,
  ExampleDocumentation,
  ParameterDocumentation,
} from '../../json/documented-operation.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import type { ApiConventions } from './documented-api.ts';
import { errorContent, sharedAnswersFor } from './shared-answers.ts';

/** One operation in the form of OpenAPI. The requests and answers of an example have the same name everywhere. */
export function operationObject(
  operation: DocumentedOperation,
  conventions: ApiConventions | undefined,
): JsonObject {
  const { documentation, policy } = operation;
  const { id, tag, summary, description, since, parameters = [], body, answers, examples } = documentation;
  const version = conventions === undefined ? [] : [versionParameter(conventions, examples)];
  const own = Object.entries(answers).map(([status, answer]) => [
    status,
    answerObject(
      answer,
      examples.filter((example) => example.status === Number(status)),
      Number(status) < 400 ? undefined : conventions,
    ),
  ]);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(policy === undefined ? {} : { 'x-policy-rule': policy }),
    ...(since === undefined ? {} : { 'x-minimum-version': since }),
    security: operation.public ? [] : [{ keystone: [] }, { basic: [] }],
    parameters: [...parameters.map((parameter) => parameterObject(parameter, examples)), ...version],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            description: body.description,
            required: body.required,
            content: { 'application/json': { schema: body.schema, ...bodyExamples(examples) } },
          },
        }),
    responses: {
      ...Object.fromEntries(own),
      ...(conventions === undefined ? {} : sharedReferences(conventions, operation)),
    },
  };
}

function sharedReferences(conventions: ApiConventions, operation: DocumentedOperation): JsonObject {
  return Object.fromEntries(
    sharedAnswersFor(conventions, operation).map(({ status, component }) => [
      status,
      { $ref: `#/components/responses/${component}` },
    ]),
  );
}

/** The header that asks for a version, where the operation has examples of its own for it. */
function versionParameter(
  { name, version }: ApiConventions,
  examples: readonly ExampleDocumentation[],
): JsonObject {
  const own = examples.flatMap((example): [string, string][] =>
    example.version === undefined ? [] : [[example.name, example.version]],
  );
  return own.length === 0
    ? { $ref: `#/components/parameters/${name}Version` }
    : versionHeaderObject(version, Object.fromEntries(own));
}

/** The header that asks for a version. */
export function versionHeaderObject(
  { name, description, newest, refused }: ApiConventions['version'],
  others: Readonly<Record<string, string>> = {},
): JsonObject {
  const values = Object.entries(refused).map(([example, { version }]): [string, string] => [
    example,
    version,
  ]);
  const all = [['newest', newest] as const, ...values, ...Object.entries(others)];
  return {
    in: 'header',
    name,
    description,
    schema: { type: 'string' },
    examples: Object.fromEntries(all.map(([example, value]) => [example, { value }])),
  };
}

function parameterObject(
  { in: place, name, description, schema }: ParameterDocumentation,
  examples: readonly ExampleDocumentation[],
): JsonObject {
  const values = examples.flatMap((example) => {
    const value = example.parameters?.[name];
    return value === undefined ? [] : [[example.name, { value }] as const];
  });
  return {
    in: place,
    name,
    description,
    ...(place === 'path' ? { required: true } : {}),
    schema,
    ...(values.length === 0 ? {} : { examples: Object.fromEntries(values) }),
  };
}

function bodyExamples(examples: readonly ExampleDocumentation[]): JsonObject {
  const values = examples.flatMap(({ name, summary, body }) =>
    body === undefined ? [] : [[name, { summary, value: body }] as const],
  );
  return values.length === 0 ? {} : { examples: Object.fromEntries(values) };
}

function answerObject(
  answer: AnswerDocumentation,
  examples: readonly ExampleDocumentation[],
  errors: ApiConventions | undefined,
): JsonObject {
  const { description, headers = {}, schema, mediaType = 'application/json', otherMediaTypes = {} } = answer;
  const shown = examples.flatMap(({ name, summary, status, answer: value }) => {
    if (value === undefined) return [];
    const body = errors === undefined ? value : errors.error.body(status, messageOf(value));
    return [[name, { summary, value: body }] as const];
  });
  const hidden = examples.filter((example) => example.answer === undefined).map(({ name }) => name);
  const values: JsonObject = shown.length === 0 ? {} : { examples: Object.fromEntries(shown) };
  const others = Object.entries(otherMediaTypes).map(([type, other]) => [type, { schema: other }]);
  return {
    description,
    ...(Object.keys(headers).length === 0 ? {} : { headers: headerObjects(headers) }),
    ...(errors === undefined
      ? schema === undefined
        ? {}
        : { content: { [mediaType]: { schema, ...values }, ...Object.fromEntries(others) } }
      : { content: errorContent(errors, values) }),
    ...(hidden.length === 0 ? {} : { 'x-example-names': hidden }),
  };
}

/** Of an example of an error: a text. */
function messageOf(answer: JsonValue): string {
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

function headerObjects(headers: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}
