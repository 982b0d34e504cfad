import type { JsonSchema } from './json-schema.ts';
import type { JsonValue } from './json-value.ts';

/** Something that a request can say beside its body. */
export interface ParameterDocumentation {
  readonly in: 'path' | 'query';
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
}

/** What a request's body may be. */
export interface BodyDocumentation {
  readonly description: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** What one status means. */
export interface AnswerDocumentation {
  readonly description: string;
  /** The body: JSON unless `mediaType` says otherwise. Of an error it is the error of the API; else there is none. */
  readonly schema?: JsonSchema;
  readonly mediaType?: string;
  /** Further forms of the body, by media type, for clients that ask for them. */
  readonly otherMediaTypes?: Readonly<Record<string, JsonSchema>>;
  /** What each header of this name says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request and what it is answered with. A test sends it to a running service. */
export interface ExampleDocumentation {
  /** In kebab-case; an operation has it once. */
  readonly name: string;
  readonly summary: string;
  /** By the names of path and query parameters. A parameter of the path has to be here. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The version that the request asks for, where it is not the newest. */
  readonly version?: string;
  readonly body?: JsonValue;
  readonly status: number;
  /** The whole body of the answer; of an error it is the message alone. Left out where it would be too long. */
  readonly answer?: JsonValue;
}

/** What people and tools read about one operation; the rest they read from its route. */
export interface OperationDocumentation {
  /** A name in camel case, unlike that of any other operation. */
  readonly id: string;
  /** The heading that it stands under. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** The version of the API that brought it; there from the beginning when not given. */
  readonly since?: string;
  readonly parameters?: readonly ParameterDocumentation[];
  readonly body?: BodyDocumentation;
  /** By status; those that every operation has are not among them. */
  readonly answers: Readonly<Record<number, AnswerDocumentation>>;
  readonly examples: readonly ExampleDocumentation[];
}

/** An operation as the document has it. */
export interface DocumentedOperation {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/introspection/{node}` */
  readonly path: string;
  /** The rule of the policy that decides who may ask; unset where nobody is asked for credentials. */
  readonly policy?: string;
  readonly public: boolean;
  readonly documentation: OperationDocumentation;
}
