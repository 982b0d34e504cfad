import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { testRegistry } from '../../../testing/registry-builder.ts';
import { servedOpenapi } from '../../../testing/served-openapi.ts';
import type { DocumentedOperation } from '../../json/documented-operation.ts';
import { silentLogger } from '../../logging/logger.ts';
import { documentedOperations } from '../../registry/rest/documented-operations.ts';
import { newestVersion } from '../microversion.ts';
import { defaultRules } from '../policy/default-rules.ts';
import type { Route } from '../route.ts';
import { allRoutes } from '../routes/all-routes.ts';
import { inspectorApi } from './inspector-api.ts';
import { openapiDocument } from './openapi-document.ts';

const routes = allRoutes(apiFakes());
const { registry } = await testRegistry();
const hooks = { startIntrospection: async () => {}, abortIntrospection: async () => {} };
const operations: readonly DocumentedOperation[] = [
  ...inspectorApi(routes).operations,
  ...documentedOperations(registry, hooks, '/baremetal'),
];

const lineOf = ({ method, path }: Pick<DocumentedOperation, 'method' | 'path'>): string =>
  `${method} ${path}`;

describe('the OpenAPI document', () => {
  it('is the committed copy; npm run genopenapi writes it', async () => {
    const committed = new URL('../../../docs/reference/openapi.json', import.meta.url);

    assert.equal(readFileSync(committed, 'utf8'), `${JSON.stringify(await servedOpenapi(), undefined, 2)}\n`);
  });

  it('refuses operations with the same id, and with the same method and path', () => {
    const [first] = operations;
    assert.ok(first !== undefined);
    const renamed = { ...first, documentation: { ...first.documentation, id: 'another' } };

    assert.throws(
      () => openapiDocument([{ operations: [first, { ...first, path: '/x' }], schemas: {} }]),
      /^Error: Documented twice: listVersions$/,
    );
    assert.throws(
      () => openapiDocument([{ operations: [first, renamed], schemas: {} }]),
      /^Error: Documented twice: GET \/$/,
    );
  });
});

describe('the documentation of a route', () => {
  it('is there, with a heading, answers and examples', () => {
    const poor = operations.filter(({ documentation }) => {
      // The types say that it is there; a route made without them is caught here.
      const { summary, tag, answers, examples } = documentation;
      return [summary, tag].includes('') || Object.keys(answers).length === 0 || examples.length === 0;
    });

    assert.ok(operations.length > 45);
    assert.deepEqual(poor.map(lineOf), []);
  });

  it('names what varies in the path, each with every example', () => {
    for (const operation of operations) {
      const { parameters = [], examples } = operation.documentation;
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

      assert.deepEqual(
        parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
        inPath,
        lineOf(operation),
      );
      for (const example of examples) {
        const given = Object.keys(example.parameters ?? {});
        const known = parameters.map(({ name }) => name);
        assert.ok(
          inPath.every((name = '') => given.includes(name)) && given.every((name) => known.includes(name)),
          `${lineOf(operation)}: ${example.name}`,
        );
      }
    }
  });

  it('has examples with a name of their own and a status that is documented', () => {
    for (const operation of operations) {
      const { examples, answers } = operation.documentation;
      const names = examples.map(({ name }) => name);

      assert.equal(new Set(names).size, names.length, lineOf(operation));
      assert.ok(
        names.every((name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)),
        lineOf(operation),
      );
      assert.ok(
        examples.every(({ status }) => Object.hasOwn(answers, status)),
        lineOf(operation),
      );
    }
  });

  it('names a rule of the policy', () => {
    const known = new Set(defaultRules.map(({ name }) => name));

    assert.deepEqual(
      operations.filter(({ policy }) => policy === undefined || !known.has(policy)),
      [],
    );
  });

  it('names the parameters that the route reads, and no others', async () => {
    for (const route of routes) {
      const documented = (route.documentation.parameters ?? []).filter(({ in: place }) => place === 'query');

      assert.deepEqual(
        (await readByRoute(route)).sort(),
        documented.map(({ name }) => name).sort(),
        lineOf(route),
      );
    }
  });
});

/** The names of the parameters that a route asks its query for, whatever becomes of the request. */
async function readByRoute(route: Route): Promise<string[]> {
  const read = new Set<string>();
  class RecordingQuery extends URLSearchParams {
    override get(name: string): string | null {
      read.add(name);
      return null;
    }
  }
  const request = {
    version: newestVersion,
    query: new RecordingQuery(),
    id: 'req-1',
    log: silentLogger(),
    parameter: () => 'x',
    link: (path: string) => path,
    readBody: async () => new Uint8Array(),
  };
  await route.handle(request).catch(() => undefined);
  return [...read];
}
