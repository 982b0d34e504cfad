import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type ApiFakes, apiFakes } from '../../testing/api-dependencies.ts';
import { askApi } from '../../testing/ask-api.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonValue } from '../json/json-value.ts';

/** Answers of the original, recorded; `<...>` stands for what differs from run to run. */
const folder = new URL('../../../shared/oracle/golden-head/', import.meta.url);

interface Step {
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly data?: string;
    readonly json?: JsonValue;
  };
  readonly response?: {
    readonly status: number;
    readonly body?: JsonValue;
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** The cases that need no node, and in which steps the answer is another one on purpose. */
const cases: Readonly<Record<string, Differences>> = {
  root: {},
  'version-document': {},
  'version-unknown': {},
  'not-found': {},
  'trailing-slash': {},
  'methods-introspection-list': {},
  'methods-introspection': { 500: headAsGet },
  'methods-abort': {},
  'methods-data': {},
  'methods-unprocessed': {},
  'microversion-each': {},
  'microversion-malformed': { 500: malformedVersion },
  'list-empty': {},
  'list-old-version': {},
  'forwarded-headers': {},
  'data-unknown-node': {},
  'continue-body-comment': { 500: notJson },
  'continue-body-control': { 500: notJson },
  'continue-body-empty': { 500: notJson },
  'continue-body-latin1': { 500: notJson },
  'continue-body-list': {},
  'continue-body-single-quotes': { 500: notJson },
  'continue-body-string': {},
  'continue-body-true': {},
  'continue-body-truncated': { 500: notJson },
  'start-manage-boot-garbage': {},
};

type Answer = { status: number; body: JsonValue; headers: Readonly<Record<string, unknown>> };

/** By the original's status: what the answer has to be in its place. */
type Differences = Readonly<Record<number, (answer: Answer, method: string) => void>>;

/** docs/compatibility.md, head-everywhere */
function headAsGet(answer: Answer): void {
  assert.equal(answer.status, 404);
}

/** docs/compatibility.md, microversion-malformed */
function malformedVersion(answer: Answer): void {
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.body, {
    error: { message: 'Malformed API version: expected string in form of X.Y or latest' },
  });
}

/** docs/compatibility.md, continue-not-json */
function notJson(answer: Answer): void {
  assert.equal(answer.status, 400);
  assert.match(JSON.stringify(answer.body), /Invalid data: expected a JSON object, got /);
}

const places: readonly (readonly [string, string])[] = [
  ['<inspector>-host', 'inspector.example:5050'],
  ['<inspector>', 'http://inspector.example:5050'],
  ['http://127.0.0.1:', 'http://inspector.example:'],
  ['<uuid>', '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01'],
  ['<node0>', '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a02'],
];

/** The parser of this server knows neither of them; see `connections.test.ts`. */
const unknownMethods = ['FOO', 'get'];

describe('the answers of the original', {
  skip: existsSync(folder) ? false : 'the recorded answers are not here',
}, () => {
  for (const [name, differences] of Object.entries(cases)) {
    it(`are ours in ${name}`, async () => {
      const file = readFileSync(new URL(`${name}.json`, folder), 'utf8');
      const ours = steps(file).filter((step) => !isElsewhere(step));
      assert.ok(ours.length > 0);
      for (const { request, response } of ours) {
        const answer = await ask(request);
        const difference = differences[response.status];
        if (difference !== undefined) difference(answer, request.method);
        else assertSame(answer, response, `${request.method} ${request.path}`);
      }
    });
  }
});

function steps(file: string): readonly Required<Step>[] {
  let text = file;
  for (const [place, value] of places) text = text.replaceAll(place, value);
  const { steps: all } = JSON.parse(text) as { steps: Step[] };
  return all.filter(
    (step): step is Required<Step> => step.request !== undefined && step.response !== undefined,
  );
}

/** Steps that the pipeline or the rules answer, and those that the test client cannot ask. */
function isElsewhere({ request, response }: Required<Step>): boolean {
  const byOthers = /The following failures happened|Validation failed for/.test(
    JSON.stringify(response.body),
  );
  // The test client resolves `..` by itself; see `request-target.test.ts`.
  const notAsIs = request.path.includes('%2e%2e');
  return byOthers || notAsIs || response.status === 202 || unknownMethods.includes(request.method);
}

/** A conductor that knows no node, and surroundings that know none either. */
function emptyFakes(): ApiFakes {
  const fakes = apiFakes();
  const missing = (message: string) => Promise.reject(new InspectorError('not-found', message));
  const conductor = {
    ...fakes.conductor,
    start: (node: string) => missing(`Node ${node} was not found in Ironic`),
    abort: (node: string) => missing(`Could not find node ${node} in cache`),
    reapply: (node: string) => missing(`Introspection data not found for node ${node}, processed=False`),
  };
  return { ...fakes, conductor };
}

async function ask({ method, path, headers = {}, data, json }: Required<Step>['request']): Promise<Answer> {
  const sent = data === undefined ? json : bytesOf(data);
  const body = sent === undefined || sent instanceof Uint8Array ? sent : JSON.stringify(sent);
  const response = await askApi(emptyFakes(), `${method} ${path === '' ? '/' : path}`, {
    headers: { host: 'inspector.example:5050', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const type = String(response.headers['content-type']);
  const value =
    type === 'application/json' && response.body !== '' ? response.json<JsonValue>() : response.body;
  return { status: response.statusCode, body: value, headers: response.headers };
}

/** Recordings write bytes that are no text as Python does, `\xe9`. */
function bytesOf(data: string): Uint8Array {
  const text = data.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(text, 'latin1');
}

function assertSame(answer: Answer, expected: Required<Step>['response'], line: string): void {
  assert.equal(answer.status, expected.status, line);
  assert.deepEqual(answer.body || null, expected.body ?? null, line);
  for (const [name, value] of Object.entries(expected.headers)) {
    const got = answer.headers[name];
    if (value === 'set') assert.ok(Number(got) > 0, `${line}: ${name}`);
    else assert.equal(got, value === 'zero' ? '0' : value, `${line}: ${name}`);
  }
}
