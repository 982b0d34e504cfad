/** One request of the OpenAPI document, and the answer that it promises. */
export interface DocumentedExample {
  /** `GET /v1/introspection/{node}` */
  readonly operation: string;
  readonly name: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: any;
  readonly status: number;
  /** By media type, where there is a body. */
  readonly content: Readonly<Record<string, { readonly schema: any }>> | undefined;
  /** The JSON pointer of that content in the document. */
  readonly pointer: string;
  /** The headers that the answer has to have. */
  readonly promised: readonly string[];
  /** The body as it is documented; `undefined` where it is not. */
  readonly answer: any;
  /** Whether all operations of the API have it. */
  readonly isShared: boolean;
}

/** Every example of an OpenAPI document, its request made up of what has the same name in the operation. */
export function documentedExamples(document: any): DocumentedExample[] {
  return Object.entries<any>(document.paths).flatMap(([path, item]) =>
    Object.entries<any>(item).flatMap(([method, operation]) =>
      Object.entries<any>(operation.responses).flatMap(([status, given]) =>
        examplesOf(document, { path, method, operation, status, given }),
      ),
    ),
  );
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: any;
  readonly status: string;
  readonly given: any;
}

function examplesOf(document: any, { path, method, operation, status, given }: Place): DocumentedExample[] {
  const response = resolved(document, given);
  const [content] = Object.values<any>(response.content ?? {});
  const values = Object.entries<any>(content?.examples ?? {}).map(([name, { value }]) => [name, value]);
  const hidden = (response['x-example-names'] ?? []).map((name: string) => [name, undefined]);
  const escaped = path.replaceAll('~', '~0').replaceAll('/', '~1');
  return [...values, ...hidden].map(([name, answer]) => ({
    operation: `${method.toUpperCase()} ${path}`,
    name,
    ...requestOf(document, operation, path, name),
    status: Number(status),
    content: response.content,
    pointer: given.$ref === undefined ? `#/paths/${escaped}/${method}/responses/${status}` : given.$ref,
    promised: Object.keys(response.headers ?? {}),
    answer,
    isShared: given.$ref !== undefined,
  }));
}

/** What the example does not say of the path and of headers, another example of the operation does. */
function requestOf(document: any, operation: any, path: string, name: string) {
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let filled = path;
  for (const given of operation.parameters) {
    const parameter = resolved(document, given);
    const [usual] = Object.values<any>(parameter.examples ?? {});
    const example = parameter.examples?.[name] ?? (parameter.in === 'query' ? undefined : usual);
    if (example === undefined) continue;
    if (parameter.in === 'query') query.set(parameter.name, example.value);
    else if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = example.value;
    else filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(example.value));
  }
  const body = operation.requestBody?.content['application/json'].examples?.[name]?.value;
  return { path: query.size === 0 ? filled : `${filled}?${query.toString()}`, headers, body };
}

function resolved(document: any, value: any): any {
  if (value.$ref === undefined) return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((from: any, name: string) => from[name], document);
}
