import type { JsonSchema } from '../../../json/json-schema.ts';
import { isObject, type JsonValue } from '../../../json/json-value.ts';
import { type Html, html, prose } from './html.ts';

/** One member of a body, in a table. */
interface Member {
  /** `versions[].id`; empty for the body itself. */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** What a body is, as a table of its members; a body without members is a line. */
export function schemaView(schema: JsonSchema, label: string): Html {
  const members = membersOf(schema, '');
  const line = html`<p>${typeView(schema)}${sentence(schema)}</p>`;
  if (members.length === 0) return line;
  const rows = members.map(
    (member) =>
      html`<tr><th scope="row"><code>${member.path}</code>${member.isRequired ? '' : html` <span class="soft">optional</span>`}</th><td>${typeView(member.schema)}</td><td>${sentence(member.schema)}</td></tr>`,
  );
  return html`${line}<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr><th scope="col">Member</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** A type in words, with its limits and a link to what is described elsewhere. */
export function typeView(schema: JsonSchema): Html {
  const { $ref: reference, items, oneOf } = schema;
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) ?? '';
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (Array.isArray(oneOf)) return html`one of ${oneOf.length} forms`;
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  const name = isObject(items)
    ? html`list of ${typeView(items)}`
    : html`${types.length === 0 ? 'any' : types.map(shown).join(' or ')}`;
  const isNullable = [schema.type].flat().includes('null');
  return html`${name}${isNullable ? ' or null' : ''}${limits(schema)}`;
}

function limits(schema: JsonSchema): Html | undefined {
  const words: Readonly<Record<string, (value: JsonValue) => string>> = {
    enum: (value) => `one of ${[value].flat().map(shown).join(', ')}`,
    const: (value) => `always ${shown(value)}`,
    minimum: (value) => `at least ${shown(value)}`,
    maximum: (value) => `at most ${shown(value)}`,
    maxLength: (value) => `at most ${shown(value)} characters`,
    minItems: (value) => `at least ${shown(value)}`,
    maxItems: (value) => `at most ${shown(value)}`,
    pattern: (value) => `matching ${shown(value)}`,
  };
  const found = Object.entries(words).flatMap(([name, say]) => {
    const value = schema[name];
    return value === undefined ? [] : [say(value)];
  });
  return found.length === 0 ? undefined : html` <span class="soft">(${found.join('; ')})</span>`;
}

function shown(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function sentence({ description }: JsonSchema): Html {
  return typeof description === 'string' ? html` ${prose(description)}` : html``;
}

/** The members of the body, those of objects within it as well, but for what is described elsewhere. */
function membersOf(schema: JsonSchema, path: string): Member[] {
  if (isObject(schema.items)) return membersOf(schema.items, `${path}[]`);
  if (!isObject(schema.properties)) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).flatMap(([name, value]) => {
    if (!isObject(value)) return [];
    const member = path === '' ? name : `${path}.${name}`;
    return [
      { path: member, schema: value, isRequired: required.includes(name) },
      ...membersOf(value, member),
    ];
  });
}
