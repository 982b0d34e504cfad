import type { DocumentedOperation } from '../../json/documented-operation.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import type { ApiConventions } from './documented-api.ts';

/** An answer that all operations of an API may give, whatever else they do. */
interface SharedAnswer {
  readonly status: number;
  /** Ends the name of the answer in the document. */
  readonly name: string;
  readonly description: string;
  /** The message and the name of an example that can be sent to every operation. */
  readonly example?: { readonly name: string; readonly message: string };
  isOf(operation: DocumentedOperation): boolean;
}

const always = (): boolean => true;
const closed = (operation: DocumentedOperation): boolean => !operation.public;
const withBody = ({ documentation }: DocumentedOperation): boolean => documentation.body !== undefined;

const usual: readonly SharedAnswer[] = [
  {
    status: 401,
    name: 'Unauthorized',
    description: 'There are no credentials, or they are not right.',
    example: { name: 'no-credentials', message: 'Authentication required' },
    isOf: closed,
  },
  { status: 403, name: 'Forbidden', description: 'The policy does not allow it.', isOf: closed },
  { status: 413, name: 'TooLarge', description: 'The body is larger than it may be.', isOf: withBody },
  {
    status: 500,
    name: 'InternalError',
    description: 'A fault of the service; its log says more.',
    isOf: always,
  },
  {
    status: 503,
    name: 'Unavailable',
    description: 'Not for the moment: the service or one that it needs is busy or away. Try again.',
    isOf: always,
  },
];

function ofVersions({ version }: ApiConventions): SharedAnswer[] {
  return Object.entries(version.refused).map(([name, { status, message }]) => ({
    status,
    name: status === 400 ? 'MalformedVersion' : 'NotAcceptable',
    description:
      status === 400
        ? 'The version that is asked for is none.'
        : 'The version that is asked for is not there.',
    example: { name, message },
    isOf: always,
  }));
}

/** The answers of the whole API that are not an operation's own. */
export function sharedAnswersFor(
  conventions: ApiConventions,
  operation: DocumentedOperation,
): { readonly status: number; readonly description: string; readonly component: string }[] {
  const own = operation.documentation.answers;
  return [...ofVersions(conventions), ...usual]
    .filter((answer) => answer.isOf(operation) && !Object.hasOwn(own, answer.status))
    .toSorted((one, other) => one.status - other.status)
    .map(({ status, description, name }) => ({
      status,
      description,
      component: `${conventions.name}${name}`,
    }));
}

/** What those references point to, by name. */
export function sharedAnswers(conventions: ApiConventions): JsonObject {
  const entries = [...ofVersions(conventions), ...usual].map(({ name, status, description, example }) => {
    const examples =
      example === undefined
        ? {}
        : { examples: { [example.name]: { value: conventions.error.body(status, example.message) } } };
    return [`${conventions.name}${name}`, { description, content: errorContent(conventions, examples) }];
  });
  return Object.fromEntries(entries) as JsonObject;
}

/** The content of an error. */
export function errorContent(
  { name }: ApiConventions,
  examples: Readonly<Record<string, JsonValue>>,
): JsonObject {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}Error` }, ...examples } };
}
