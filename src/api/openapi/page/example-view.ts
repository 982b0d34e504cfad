import type { DocumentedOperation, ExampleDocumentation } from '../../../json/documented-operation.ts';
import type { ApiConventions } from '../documented-api.ts';
import { type Html, html } from './html.ts';

/** A request and its answer, as they go over the wire but for the usual headers. */
export function exampleView(
  operation: DocumentedOperation,
  example: ExampleDocumentation,
  conventions: ApiConventions | undefined,
): Html {
  const { name, summary, status } = example;
  const label = `${operation.documentation.summary}, ${name}`;
  return html`<details><summary>${summary} <span class="status">${status}</span></summary>
<pre tabindex="0" role="region" aria-label="Request: ${label}">${requestText(operation, example, conventions)}</pre>
<pre tabindex="0" role="region" aria-label="Answer: ${label}">${answerText(example, conventions)}</pre></details>`;
}

function requestText(
  { method, path }: DocumentedOperation,
  { parameters = {}, version, body }: ExampleDocumentation,
  conventions: ApiConventions | undefined,
): string {
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  const query = Object.entries(parameters).filter(([name]) => !inPath.has(name));
  const search = query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;
  const header = conventions === undefined ? undefined : versionLine(conventions, version);
  return [
    `${method} ${filled}${search}`,
    ...(header === undefined ? [] : [header]),
    ...(body === undefined ? [] : ['', JSON.stringify(body, undefined, 2)]),
  ].join('\n');
}

function versionLine({ version }: ApiConventions, asked = version.newest): string {
  return `${version.name}: ${asked}`;
}

function answerText(
  { status, answer }: ExampleDocumentation,
  conventions: ApiConventions | undefined,
): string {
  if (answer === undefined) return String(status);
  const isError = status >= 400 && conventions !== undefined && typeof answer === 'string';
  const body = isError ? conventions.error.body(status, answer) : answer;
  return `${status}\n\n${JSON.stringify(body, undefined, 2)}`;
}
