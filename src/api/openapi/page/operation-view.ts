import type {
  AnswerDocumentation,
  DocumentedOperation,
  ParameterDocumentation,
} from '../../../json/documented-operation.ts';
import type { ApiConventions } from '../documented-api.ts';
import { sharedAnswersFor } from '../shared-answers.ts';
import { exampleView } from './example-view.ts';
import { type Html, html, prose } from './html.ts';
import { schemaView, typeView } from './schema-view.ts';

/** One operation with all that is known of it. */
export function operationView(operation: DocumentedOperation, conventions: ApiConventions | undefined): Html {
  const { documentation } = operation;
  const { id, summary, description, parameters = [], body, examples } = documentation;
  return html`
<article id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title"><a href="#${id}">${summary}</a></h3>
<p class="line">${methodView(operation)} ${operation.path}</p>
${description === undefined ? undefined : html`<p>${prose(description)}</p>`}
${factsView(operation)}
${parameters.length === 0 ? undefined : parametersView(parameters, summary)}
${body === undefined ? undefined : html`<h4>Body${body.required ? '' : ' (optional)'}</h4><p>${prose(body.description)}</p>${schemaView(body.schema, `Body: ${summary}`)}`}
<h4>Answers</h4>
${answersView(operation, conventions)}
<h4>Examples</h4>
${examples.map((example) => exampleView(operation, example, conventions))}
</article>`;
}

/** The method in its colour. */
export function methodView({ method }: Pick<DocumentedOperation, 'method'>): Html {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`;
}

function factsView({ policy, public: isPublic, documentation: { since } }: DocumentedOperation): Html {
  const facts = [
    html`<span>${isPublic ? 'Without credentials' : 'With credentials'}</span>`,
    ...(policy === undefined ? [] : [html`<span>Policy rule <code>${policy}</code></span>`]),
    ...(since === undefined ? [] : [html`<span>Since version ${since}</span>`]),
  ];
  return html`<p class="facts">${facts}</p>`;
}

function parametersView(parameters: readonly ParameterDocumentation[], summary: string): Html {
  const rows = parameters.map(
    ({ in: place, name, description, schema }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${place}</td><td>${typeView(schema)}</td><td>${prose(description)}</td></tr>`,
  );
  return html`<h4>Parameters</h4><div class="scroll" tabindex="0" role="region" aria-label="Parameters: ${summary}"><table><thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function answersView(operation: DocumentedOperation, conventions: ApiConventions | undefined): Html {
  const { answers, summary } = operation.documentation;
  const own = Object.entries(answers).map(([status, answer]) => answerView(status, answer, summary));
  const shared = conventions === undefined ? [] : sharedAnswersFor(conventions, operation);
  const lines = shared.map(
    ({ status, description }) => html`<li><span class="status">${status}</span> ${description}</li>`,
  );
  return html`${own}${lines.length === 0 ? undefined : html`<details><summary class="soft">As everywhere: ${shared.map(({ status }) => status).join(', ')}</summary><ul>${lines}</ul></details>`}`;
}

function answerView(status: string, answer: AnswerDocumentation, summary: string): Html {
  const { description, schema, headers = {}, mediaType, otherMediaTypes = {} } = answer;
  const line = html`<span class="status">${status}</span> ${prose(description)}`;
  const types = mediaType === undefined ? [] : [mediaType, ...Object.keys(otherMediaTypes)];
  const more = [
    ...(schema === undefined ? [] : [schemaView(schema, `Answer ${status}: ${summary}`)]),
    ...(types.length === 0 ? [] : [html`<p>As <code>${types.join(', ')}</code></p>`]),
    ...Object.entries(headers).map(([name, says]) => html`<p><code>${name}</code>: ${prose(says)}</p>`),
  ];
  return more.length === 0
    ? html`<p>${line}</p>`
    : html`<details><summary>${line}</summary>${more}</details>`;
}
