// Shows these lines of docs/compatibility.md: request-id-header, wsgi-log-format-checked.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FastifyPluginAsync } from 'fastify';
import { apiFakes, nodeRecord } from '../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../testing/ask-api.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { loggerOver } from '../logging/logger.ts';
import { createApi } from './server.ts';

const uuid = nodeRecord().uuid;
const versionHeader = 'X-OpenStack-Ironic-Inspector-API-Version';
const minimum = 'x-openstack-ironic-inspector-api-minimum-version';
const maximum = 'x-openstack-ironic-inspector-api-maximum-version';

describe('the API', () => {
  for (const line of [
    'GET /',
    'GET /v2',
    'GET /a/b',
    'PUT /v1',
    'OPTIONS /v1',
    'POST /v1/continue',
    'GET /v1//x',
  ]) {
    it(`tells its versions in the answer to ${line}`, async () => {
      const response = await askApi(apiFakes(), line);

      assert.equal(response.headers[minimum], '1.0');
      assert.equal(response.headers[maximum], '1.18');
      // docs/compatibility.md, request-id-header
      assert.equal(response.headers['x-request-id'], 'req-1');
    });
  }

  it('looks at the version before the path', async () => {
    const response = await askApi(apiFakes(), 'GET /no/such/path', { headers: { [versionHeader]: '1.19' } });

    assert.equal(response.statusCode, 406);
    assert.equal(errorMessage(response), 'Unsupported API version 1.19, supported range is 1.0 to 1.18');
    assert.equal(response.headers[maximum], '1.18');
  });

  it('answers a malformed version with 400 (docs/compatibility.md, microversion-malformed)', async () => {
    const response = await askApi(apiFakes(), 'GET /v1', { headers: { [versionHeader]: '' } });

    assert.equal(response.statusCode, 400);
    assert.equal(errorMessage(response), 'Malformed API version: expected string in form of X.Y or latest');
  });

  for (const path of ['/v1/foo', '/v1/continue/x', '/v2/introspection', '/v1/introspection/x/y']) {
    it(`knows no ${path}`, async () => {
      const response = await askApi(apiFakes(), `GET ${path}`);

      assert.equal(response.statusCode, 404);
      assert.equal(response.headers['content-type'], 'application/json');
      assert.equal(
        errorMessage(response),
        '404 Not Found: The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
      );
    });
  }

  const wrongMethods = [
    ['PUT /v1/introspection', 'GET, HEAD, OPTIONS'],
    ['DELETE /', 'GET, HEAD, OPTIONS'],
    ['POST /foo', 'GET, HEAD, OPTIONS'],
    ['GET /v1/continue/', 'OPTIONS, POST'],
    ['HEAD /v1/continue', 'OPTIONS, POST'],
    [`PATCH /v1/introspection/${uuid}`, 'GET, HEAD, OPTIONS, POST'],
    [`TRACE /v1/introspection/${uuid}/abort`, 'OPTIONS, POST'],
    ['PROPFIND /v1//continue', 'OPTIONS, POST'],
  ] as const;
  for (const [line, allow] of wrongMethods) {
    it(`does not take ${line} (docs/compatibility.md, method-not-allowed-json)`, async () => {
      const asPage = await askApi(apiFakes(), line);
      const asJson = await askApi(apiFakes(), line, { headers: { accept: 'text/plain, application/json' } });

      assert.deepEqual([asPage.statusCode, asJson.statusCode], [405, 405]);
      assert.deepEqual([asPage.headers.allow, asJson.headers.allow], [allow, allow]);
      assert.equal(asPage.headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(asJson.headers['content-type'], 'application/json');
      if (line.startsWith('HEAD')) return;
      assert.match(asPage.body, /<h1>Method Not Allowed<\/h1>/);
      assert.match(errorMessage(asJson), /^405 Method Not Allowed: /);
    });
  }

  it('tells the methods of a path', async () => {
    const response = await askApi(apiFakes(), `OPTIONS /v1/introspection/${uuid}`);

    assert.equal(response.statusCode, 200);
    assert.equal(response.headers.allow, 'GET, HEAD, OPTIONS, POST');
    assert.equal(response.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(response.headers['content-length'], '0');
    assert.equal(response.body, '');
  });

  for (const [line, headers] of [
    ['OPTIONS /no/such/path', {}],
    ['OPTIONS /v1//introspection', {}],
    ['OPTIONS /v1', { [versionHeader]: '9.9' }],
  ] as const) {
    it(`answers every other OPTIONS with nothing: ${line}`, async () => {
      const response = await askApi(apiFakes(), line, { headers });

      assert.equal(response.statusCode, 200);
      assert.equal(response.headers['content-type'], undefined);
      assert.equal(response.headers[minimum], undefined);
      assert.equal(response.body, '');
    });
  }

  it('sends a path with double slashes to the clean one', async () => {
    const response = await askApi(apiFakes(), 'GET /v1//introspection//?a=<b>&c', {
      headers: { 'x-forwarded-prefix': '/p' },
    });

    const location = 'http://api.example:5050/p/v1/introspection/?a=%3Cb%3E&c';
    const escaped = location.replace('&', '&amp;');
    assert.equal(response.statusCode, 308);
    assert.equal(response.headers.location, location);
    assert.equal(response.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(
      response.body,
      '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
        `<p>You should be redirected automatically to the target URL: <a href="${escaped}">${escaped}</a>. If not, click the link.\n`,
    );
  });

  it('does not send a wrong method or path anywhere', async () => {
    assert.equal((await askApi(apiFakes(), 'GET /v1//continue')).statusCode, 405);
    assert.equal((await askApi(apiFakes(), 'GET /v1//foo')).statusCode, 404);
  });

  it('takes escapes that are none', async () => {
    const response = await askApi(apiFakes(), 'GET /%zz');

    assert.equal(errorMessage(response), 'Version %zz not found.');
  });
});

describe('the API and bugs', () => {
  const bug = () => Promise.reject(new TypeError('x is not a function'));

  it('answers 500 and logs the stack', async () => {
    const lines: string[] = [];
    const log = loggerOver((level, message, fields) => {
      if (level === 'error') lines.push(`${message} ${String((fields?.error as Error | undefined)?.stack)}`);
    });
    const fakes = apiFakes();

    const response = await askApi(
      { ...fakes, log, nodes: { ...fakes.nodes, get: bug } },
      `GET /v1/introspection/${uuid}`,
    );

    assert.equal(response.statusCode, 500);
    assert.equal(errorMessage(response), 'Internal server error');
    assert.match(lines.join(), /failed unexpectedly: x is not a function TypeError: .*\n +at /);
  });

  it('tells the client in debug mode', async () => {
    const fakes = apiFakes();

    const response = await askApi(
      { ...fakes, debug: () => true, data: { ...fakes.data, get: bug } },
      `GET /v1/introspection/${uuid}/data`,
    );

    assert.equal(errorMessage(response), 'Internal server error (TypeError): x is not a function');
  });

  it('logs what is thrown in place of an error', async () => {
    const log = recordingLogger();
    const fakes = apiFakes();
    const list = () => {
      throw 'text';
    };

    await askApi({ ...fakes, log, nodes: { ...fakes.nodes, list } }, 'GET /v1/introspection');

    assert.match(log.at('error').join(), /failed unexpectedly: text$/);
  });
});

describe('the access log', () => {
  it('has a line for each request', async () => {
    const log = recordingLogger();

    await askApi({ ...apiFakes(), log }, 'GET /v1?x=1', { headers: { 'x-forwarded-for': '203.0.113.9' } });

    assert.match(
      log.at('info').join('\n'),
      /^203\.0\.113\.9,127\.0\.0\.1 "GET \/v1\?x=1 HTTP\/1\.1" status: 200 {2}len: [1-9]\d* time: \d+\.\d{7}$/,
    );
  });

  it('has the form of wsgi_log_format', async () => {
    const log = recordingLogger();
    const format =
      '%(status_code)d %(client_ip)s:%(client_port)s [%(date_time)s] %(request_line)s %(body_length)d %(wall_seconds).2f 100%%';

    await askApi({ ...apiFakes({ options: { wsgi_log_format: format } }), log }, 'GET /v1');

    assert.match(
      log.at('info').join('\n'),
      /^200 127\.0\.0\.1:(?:\d+|-) \[\d\d\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d\] GET \/v1 HTTP\/1\.1 [1-9]\d* 0\.\d\d 100%$/,
    );
  });

  it('is refused in a form with other placeholders', () => {
    const fakes = apiFakes({ options: { wsgi_log_format: '%(status)s' } });

    assert.throws(() => createApi(fakes), {
      kind: 'invalid',
      message:
        '[DEFAULT]wsgi_log_format: expected placeholders among client_ip, client_port, date_time, request_line, ' +
        'status_code, body_length, wall_seconds, got "status"',
    });
  });

  it('does not take part in making lines up', async () => {
    const log = recordingLogger();

    await askApi({ ...apiFakes(), log }, `GET /v1/introspection?state=a%0Ab&${'x'.repeat(2000)}`);

    const [refusal = '', access = ''] = log.at('info');
    assert.match(refusal, /x\.\.\. is refused: Bad request: State\(s\) "a b" are not valid$/);
    assert.ok(access.length < 1200);
  });
});

describe('plug-ins of the API', () => {
  const plugin: FastifyPluginAsync = async (scope) => {
    scope.get('/v1/nodes/:ident', (request, reply) => reply.send(request.params));
    scope.post('/v1/nodes', (request, reply) => reply.send(request.body));
    scope.get('/v1/broken', () => {
      throw new Error('broken');
    });
    scope.setErrorHandler((_error, _request, reply) => reply.code(500).send({ error_message: 'plug-in' }));
    scope.setNotFoundHandler((_request, reply) => reply.code(404).send({ error_message: 'no such thing' }));
  };

  async function ask(line: string, body?: object) {
    const [method, url = ''] = line.split(' ');
    const api = createApi(apiFakes(), { plugins: [{ prefix: '/baremetal', plugin }] });
    const response = await api.inject({
      method: method as 'GET',
      url,
      ...(body === undefined ? {} : { payload: body }),
    });
    await api.close();
    return response;
  }

  it('have their own routes, parsers and headers', async () => {
    const response = await ask('POST /baremetal/v1/nodes', { driver: 'fake' });

    assert.deepEqual(response.json(), { driver: 'fake' });
    assert.equal(response.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(response.headers[minimum], undefined);
  });

  it('take names of 255 characters', async () => {
    const ident = 'n'.repeat(255);

    assert.deepEqual((await ask(`GET /baremetal/v1/nodes/${ident}`)).json(), { ident });
  });

  it('have their own errors', async () => {
    assert.deepEqual((await ask('GET /baremetal/v1/broken')).json(), { error_message: 'plug-in' });
  });

  it('have their own 404', async () => {
    assert.deepEqual((await ask('GET /baremetal/v1/none')).json(), { error_message: 'no such thing' });
    assert.deepEqual((await ask('PUT /baremetal/v1/nodes')).json(), { error_message: 'no such thing' });
  });

  it('leave all other paths to the API', async () => {
    assert.equal((await ask('GET /')).headers[minimum], '1.0');
    assert.equal(errorMessage(await ask('GET /baremetals')), 'Version baremetals not found.');
  });
});
