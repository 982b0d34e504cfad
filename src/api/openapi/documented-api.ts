import type { DocumentedOperation } from '../../json/documented-operation.ts';
import type { JsonSchema } from '../../json/json-schema.ts';
import type { JsonValue } from '../../json/json-value.ts';

/** How clients of an API ask for a version of it. */
export interface VersionHeader {
  readonly name: string;
  readonly description: string;
  /** What the examples ask for: the newest. */
  readonly newest: string;
  /** Versions that are refused, by the name of the example; each with the status and the message of the refusal. */
  readonly refused: Readonly<
    Record<string, { readonly version: string; readonly status: 400 | 406; readonly message: string }>
  >;
}

/** What the operations of one API have in common. */
export interface ApiConventions {
  /** Begins the names of what is its own in the document: `Registry`. */
  readonly name: string;
  readonly version: VersionHeader;
  /** The body of an error. */
  readonly error: { readonly schema: JsonSchema; body(status: number, message: string): JsonValue };
}

/** One of the APIs that are served on the port, as the document has it. */
export interface DocumentedApi {
  readonly operations: readonly DocumentedOperation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** Unset where there are neither versions nor errors. */
  readonly conventions?: ApiConventions;
}
