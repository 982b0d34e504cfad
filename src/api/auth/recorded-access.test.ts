import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { tokenAccess } from '../../../testing/token-access.ts';
import { isObject, type JsonValue } from '../../json/json-value.ts';
import { matchRoute } from '../match-route.ts';
import { parseTarget } from '../request-target.ts';
import { allRoutes } from '../routes/all-routes.ts';

/** Answers of the original to every operation with one kind of token; rules of former times count in `-old-`. */
const folder = new URL('../../../../shared/oracle/golden-head/', import.meta.url);

interface Step {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly response: { readonly status: number; readonly body?: JsonValue };
}

describe('who is let in by the original', {
  skip: existsSync(folder) ? false : 'the recorded answers are not here',
}, () => {
  const routes = allRoutes(apiFakes());
  const cases = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('policy-')) : [];
  for (const name of cases) {
    it(`is let in by us in ${name}`, async () => {
      const { steps, variant } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
        steps: Step[];
        variant: string;
      };
      const access = tokenAccess({ policy: { enforce_new_defaults: variant !== 'keystone-old' } });
      let compared = 0;

      for (const { request, response } of steps.filter((step) => 'request' in step)) {
        const { route } = matchRoute(routes, request.method, parseTarget(request.path).segments);
        if (route === undefined) continue;
        const headers = Object.fromEntries(
          Object.entries(request.headers ?? {}).map(([header, value]) => [header.toLowerCase(), value]),
        );
        const wanted = { policy: route.policy, public: route.public === true };
        const refusal = await access.refusal(
          { headers, method: request.method, target: request.path },
          wanted,
        );
        const isRefused = response.status === 401 || response.status === 403;
        assert.equal(
          refusal?.status,
          isRefused ? response.status : undefined,
          `${request.method} ${request.path}`,
        );
        if (refusal !== undefined) assert.equal(refusal.message, messageIn(response.body));
        compared += 1;
      }

      assert.ok(compared > 0);
    });
  }
});

function messageIn(body: JsonValue | undefined): JsonValue | undefined {
  const error = isObject(body) ? body.error : undefined;
  return isObject(error) ? error.message : undefined;
}
