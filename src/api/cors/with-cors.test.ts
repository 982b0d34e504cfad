import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import type { HttpReply, HttpRequest } from '../http-message.ts';
import { type CorsOptions, corsOptions } from './cors-options.ts';
import { originsOf, withCors } from './with-cors.ts';

const dash = 'https://dash.example';

function section(changes: Partial<CorsOptions> = {}): CorsOptions {
  return { ...defaultsOf(corsOptions), ...changes };
}

async function answered(
  sections: readonly CorsOptions[],
  headers: Readonly<Record<string, string>>,
  { method = 'GET', reply = {} }: { method?: string; reply?: Partial<HttpReply> } = {},
): Promise<HttpReply> {
  const inner: HttpReply = { status: 200, headers: { 'Content-Type': 'x' }, body: 'x', ...reply };
  const answer = withCors(async () => inner, originsOf(sections, recordingLogger()));
  const target = { target: '/', secure: false, authority: 'localhost', id: 'req-1' };
  const request: HttpRequest = { ...target, method, headers, readBody: async () => new Uint8Array() };
  return answer(request);
}

describe('answers for pages of other sites', () => {
  it('are marked for a site that is allowed', async () => {
    const { headers, body } = await answered([section({ allowed_origin: [dash] })], { origin: dash });

    assert.deepEqual(headers, {
      'Content-Type': 'x',
      Vary: 'Origin',
      'Access-Control-Allow-Origin': dash,
      'Access-Control-Allow-Credentials': 'true',
    });
    assert.equal(body, 'x');
  });

  it('name headers to read, and leave credentials out where they are not wanted', async () => {
    const rules = { allowed_origin: [dash], allow_credentials: false, expose_headers: ['X-A', 'X-B'] };

    const { headers } = await answered([section(rules)], { origin: dash });

    assert.equal(headers['Access-Control-Allow-Credentials'], undefined);
    assert.equal(headers['Access-Control-Expose-Headers'], 'X-A,X-B');
  });

  it('allow every site by a star', async () => {
    const { headers } = await answered([section({ allowed_origin: ['*'] })], { origin: dash });

    assert.equal(headers['Access-Control-Allow-Origin'], '*');
  });

  it('keep what they vary by already', async () => {
    const reply = { headers: { Vary: 'Accept' } };

    const { headers } = await answered([section({ allowed_origin: [dash] })], { origin: dash }, { reply });

    assert.equal(headers['Vary'], 'Accept,Origin');
  });

  it('are left alone when the API has marked them itself', async () => {
    const own = { 'Access-Control-Allow-Origin': 'https://own.example' };

    const { headers } = await answered(
      [section({ allowed_origin: [dash] })],
      { origin: dash },
      { reply: { headers: own } },
    );

    assert.deepEqual(headers, own);
  });

  for (const origin of ['https://evil.example', `${dash}.evil`, 'HTTPS://DASH.EXAMPLE', 'null', '']) {
    it(`have nothing for the site '${origin}'`, async () => {
      const { headers } = await answered([section({ allowed_origin: [dash] })], { origin });

      assert.deepEqual(headers, { 'Content-Type': 'x' });
    });
  }

  it('have nothing without a site, and nothing when none is allowed', async () => {
    const without = await answered([section({ allowed_origin: [dash] })], {});
    const off = await answered([section()], { origin: dash });

    assert.deepEqual([without.headers, off.headers], [{ 'Content-Type': 'x' }, { 'Content-Type': 'x' }]);
  });
});

describe('questions before a request', () => {
  const sections = [section({ allowed_origin: [dash], max_age: 600 })];
  const ask = (headers: Readonly<Record<string, string>>, reply: Partial<HttpReply> = {}) =>
    answered(sections, { origin: dash, ...headers }, { method: 'OPTIONS', reply });

  it('are told the method and the headers that were asked for', async () => {
    const { headers } = await ask({
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-auth-token, ,Content-Type',
    });

    assert.deepEqual(headers, {
      'Content-Type': 'x',
      Vary: 'Origin',
      'Access-Control-Allow-Origin': dash,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Max-Age': '600',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'x-auth-token,Content-Type',
    });
  });

  it('leave the age to the browser when it is 0', async () => {
    const { headers } = await answered(
      [section({ allowed_origin: [dash], max_age: 0 })],
      { origin: dash, 'access-control-request-method': 'GET' },
      { method: 'OPTIONS' },
    );

    assert.equal(headers['Access-Control-Max-Age'], undefined);
    assert.equal(headers['Access-Control-Allow-Methods'], 'GET');
  });

  const refused: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'access-control-request-method': 'TRACE' },
    { 'access-control-request-method': 'post' },
    { 'access-control-request-method': 'GET', 'access-control-request-headers': 'X-Unknown' },
    { 'access-control-request-method': 'GET', origin: 'https://evil.example' },
  ];
  for (const headers of refused) {
    it(`get the plain answer for ${JSON.stringify(headers)}`, async () => {
      assert.deepEqual((await ask(headers)).headers, { 'Content-Type': 'x' });
    });
  }

  it('succeed whatever the answer was', async () => {
    const reply = { status: 503, headers: { 'Content-Type': 'text/plain' }, body: 'DISABLED BY FILE' };

    const answer = await ask({}, reply);

    assert.deepEqual(answer, { status: 200, headers: {}, body: '' });
  });
});

describe('originsOf', () => {
  it('keeps the first rules of a site, and says so', () => {
    const log = recordingLogger();

    const origins = originsOf(
      [section({ allowed_origin: [dash], max_age: 1 }), section({ allowed_origin: [dash], max_age: 2 })],
      log,
    );

    assert.equal(origins.get(dash)?.max_age, 1);
    assert.deepEqual(log.at('warning'), [`Allowed origin [${dash}] already exists, skipping`]);
  });
});
