// Shows these lines of docs/compatibility.md: rule-expression-dialect, rule-expression-dialect,
// rule-field-path, rule-not-json, rule-parameter-types, rule-schema-report, rule-text-members,
// rule-uuid-length.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type ApiFakes, apiFakes } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';
import { isObject, type JsonValue } from '../../json/json-value.ts';

/** Answers of the original, recorded. `<uuid>`, `<rule1>` and so on stand for the UUIDs of rules. */
const folder = new URL('../../../../shared/oracle/golden-head/', import.meta.url);

interface Step {
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly data?: string;
    readonly json?: JsonValue;
  };
  readonly response?: { readonly status: number; readonly body?: JsonValue };
}

/** What a UUID that stands in a case is here. */
const written: Readonly<Record<string, string>> = {
  '<uuid>': '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01',
  '<uuid upper>': '2C8F8F4F-5F0A-4F6E-8B61-0A0A0A0A0A01',
  '<uuid dashless>': '2c8f8f4f5f0a4f6e8b610a0a0a0a0a01',
};

/** By the start of our message: a refusal that stands in the place of another answer. */
const onPurpose: readonly RegExp[] = [
  /^Invalid data: expected a JSON object, got /,
  /^Invalid scope: expected text or null, got /,
  /^Invalid description: expected text or null, got /,
  /^Invalid parameters for operator [\w-]+: (missing required parameter\(s\): value|invalid value: expected text, got a number)$/,
  /^Unable to parse field JSON path .*: Parse error: the path ends where more is expected$/,
  /^Invalid parameters for operator contains: invalid regular expression: /,
  /^Invalid UUID value$/,
];

/** Its rules are not among the recorded requests; `rule-store.test.ts` has the order. */
const withoutRequests = ['rules-order.json'];

const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => /^(rules?|condition|action|multiple)-/.test(name))
      .filter((name) => !withoutRequests.includes(name))
  : [];

describe('the answers of the original about rules', {
  skip: existsSync(folder) ? false : 'the recorded answers are not here',
}, () => {
  it('are here', () => {
    assert.ok(names.length > 100);
  });

  for (const name of names) {
    it(`are ours in ${name}`, async () => {
      const fakes = apiFakes();
      const { steps } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { steps: Step[] };
      for (const { request, response } of steps) {
        if (request === undefined || response === undefined || !request.path.startsWith('/v1/rules'))
          continue;
        // The original has made texts of descriptions that are refused here.
        if (name === 'rules-description-values.json' && request.method === 'GET') continue;
        await compare(fakes, request, response);
      }
    });
  }
});

async function compare(
  fakes: ApiFakes,
  request: Required<Step>['request'],
  expected: Required<Step>['response'],
): Promise<void> {
  const line = `${request.method} ${withUuids(request.path)}`;
  const body =
    request.data ?? (request.json === undefined ? undefined : withUuids(JSON.stringify(request.json)));
  const answer = await askApi(fakes, line, {
    headers: request.headers ?? {},
    ...(body === undefined ? {} : { body }),
  });
  const isRefused = answer.statusCode >= 400;
  if (isRefused && onPurpose.some((message) => message.test(errorMessage(answer)))) {
    assert.ok(expected.status !== 404, line);
    assert.equal(answer.statusCode, 400, line);
    return;
  }
  assert.equal(answer.statusCode, expected.status, `${line} ${answer.body}`);
  const value = answer.body === '' ? null : answer.json<JsonValue>();
  assert.deepEqual(plain(value), plain(expected.body ?? null), line);
}

function withUuids(text: string): string {
  return Object.entries(written).reduce((so, [place, uuid]) => so.replaceAll(place, uuid), text);
}

/** UUIDs aside, the list without what was not created here, and of a report the first line. */
function plain(body: JsonValue): JsonValue {
  const text = JSON.stringify(body)
    .replace(/%7B|%7D|[{]?<(uuid|rule\d+)[^>]*>[}]?/g, (piece) => (piece.startsWith('%') ? '' : 'UUID'))
    .replace(/[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, 'UUID');
  return withoutReport(JSON.parse(text) as JsonValue);
}

function withoutReport(body: JsonValue): JsonValue {
  if (!isObject(body) || !isObject(body.error)) return body;
  const { message } = body.error;
  // Names in any order were recorded as all the orders that were seen.
  const one = isObject(message) ? message['<<varies>>'] : message;
  const texts = Array.isArray(one) ? one : [one];
  const last = texts.map(String).sort()[0] ?? '';
  return { error: { message: last.split('\n')[0] ?? '' } };
}
