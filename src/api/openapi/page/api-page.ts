import { createHash } from 'node:crypto';
import type { DocumentedApi } from '../documented-api.ts';
import { introduction } from '../openapi-document.ts';
import { Html, html, prose } from './html.ts';
import { methodView, operationView } from './operation-view.ts';
import { schemaView } from './schema-view.ts';
import { style } from './style.ts';

/** The page, and what has to stand in the headers that go with it. */
export interface ApiPage {
  /** @param root Where the client reaches the service, `http://127.0.0.1:5050`. */
  readonly html: (root: string) => string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * All that is documented on one page, which needs nothing else: no script, no font, no picture. The policy in
 * its headers lets the browser use this very style sheet, and nothing that somebody might smuggle in.
 */
export function apiPage(apis: readonly DocumentedApi[]): ApiPage {
  const tags = [...new Set(operationsOf(apis).map(({ operation }) => operation.documentation.tag))];
  const menu = html`${tags.map((tag) => menuOf(tag, apis))}`;
  const sections = html`${tags.map((tag) => sectionOf(tag, apis))}${schemasOf(apis)}`;
  return { html: (root) => pageOf(root, menu, sections).text, headers };
}

const styleHash = createHash('sha256').update(style).digest('base64');

const headers = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The style sheet has to be the hashed text, to the last blank. */
const styleSheet = Html.constant(`<style>${style}</style>`);

function pageOf(root: string, menu: Html, sections: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The API of ironic-inspector</title>
${styleSheet}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="page">
<nav aria-label="Operations">
<a href="#content"><strong>ironic-inspector</strong></a>
${menu}
<h2>Schemas</h2>
<ul><li><a href="#schemas">All schemas</a></li></ul>
</nav>
<main id="content" tabindex="-1">
<h1>The API of ironic-inspector</h1>
<p>At <code>${root}</code>. For tools: <a href="${root}/v1/openapi.json">openapi.json</a>.</p>
${introduction.split('\n\n').map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
${sections}
</main>
</div>
</body>
</html>
`;
}

function operationsOf(apis: readonly DocumentedApi[], tag?: string) {
  return apis.flatMap(({ operations, conventions }) =>
    operations
      .filter(({ documentation }) => tag === undefined || documentation.tag === tag)
      .map((operation) => ({ operation, conventions })),
  );
}

function menuOf(tag: string, apis: readonly DocumentedApi[]): Html {
  const entries = operationsOf(apis, tag).map(
    ({ operation }) =>
      html`<li><a href="#${operation.documentation.id}">${methodView(operation)} ${operation.documentation.summary}</a></li>`,
  );
  return html`<h2>${tag}</h2>\n<ul>${entries}</ul>\n`;
}

function sectionOf(tag: string, apis: readonly DocumentedApi[]): Html {
  const views = operationsOf(apis, tag).map(({ operation, conventions }) =>
    operationView(operation, conventions),
  );
  return html`<section aria-label="${tag}"><h2>${tag}</h2>${views}</section>\n`;
}

function schemasOf(apis: readonly DocumentedApi[]): Html {
  const views = apis
    .flatMap(({ schemas, conventions }) => [
      ...Object.entries(schemas),
      ...(conventions === undefined ? [] : [[`${conventions.name}Error`, conventions.error.schema] as const]),
    ])
    .map(
      ([name, schema]) =>
        html`<article id="schema-${name}"><h3><a href="#schema-${name}">${name}</a></h3>${schemaView(schema, name)}</article>`,
    );
  return html`<section id="schemas" aria-label="Schemas"><h2>Schemas</h2>${views}</section>`;
}
