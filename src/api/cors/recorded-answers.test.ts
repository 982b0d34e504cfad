import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { defaultsOf } from '../../config/option.ts';
import { createApi } from '../server.ts';
import { type CorsOptions, corsOptions } from './cors-options.ts';

/** Answers of the original, recorded. */
const folder = new URL('../../../../shared/oracle/golden-head/', import.meta.url);

interface Step {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

const off = defaultsOf(corsOptions);
/** As the original was configured for the recordings. */
const on = { ...off, allowed_origin: ['http://dash.example', 'http://other.example'], max_age: 600 };

describe('the answers of the original to pages of other sites', {
  skip: existsSync(folder) ? false : 'the recorded answers are not here',
}, () => {
  for (const [name, cors] of Object.entries({ cors: on, 'cors-off': off })) {
    it(`are ours in ${name}`, async () => {
      const file = readFileSync(new URL(`${name}.json`, folder), 'utf8');
      const { steps } = JSON.parse(file) as { steps: readonly Step[] };
      assert.ok(steps.length > 1);
      for (const step of steps) await assertSame(step, cors);
    });
  }
});

async function assertSame({ request, response }: Step, cors: CorsOptions): Promise<void> {
  const api = createApi(apiFakes(), { cors: [cors] });
  try {
    const answer = await api.inject({
      method: request.method as 'GET',
      // The list of introspections stands in for that of rules, so that no rule is needed.
      url: request.path.replace('/v1/rules', '/v1/introspection'),
      headers: request.headers ?? {},
    });

    const line = `${request.method} ${request.path} ${JSON.stringify(request.headers)}`;
    assert.equal(answer.statusCode, response.status, line);
    assert.deepEqual(relevant(answer.headers), relevant(response.headers), line);
  } finally {
    await api.close();
  }
}

/** What of the headers does not go by the route. */
function relevant(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const wanted = /^(?:access-control-|vary$|content-type$|x-openstack-ironic)/;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted.test(name)));
}
