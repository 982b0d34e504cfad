import fastify, { type FastifyInstance, type HTTPMethods } from 'fastify';
import type { RegistryOptions } from '../src/registry/registry.ts';
import { type RegistryRestOptions, registryRest } from '../src/registry/rest/registry-rest.ts';
import { type TestRegistry, testRegistry } from './registry-builder.ts';

/** An answer of the registry's API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** `undefined` when there is none. */
  readonly body: any;
  /** The message of an error, as Ironic's clients find it. */
  readonly fault: string | undefined;
}

/** The registry's API under `/baremetal`, without a port. */
export interface TestApi extends TestRegistry {
  readonly app: FastifyInstance;
  /** A request below `/baremetal`, of API version 1.75 unless told otherwise. */
  readonly call: (
    method: HTTPMethods,
    path: string,
    body?: unknown,
    version?: string | null,
  ) => Promise<ApiAnswer>;
  /** The introspections that were started and aborted. */
  readonly introspections: readonly string[];
}

export async function registryApi(
  options: Partial<RegistryOptions> = {},
  rest: Partial<RegistryRestOptions> = {},
): Promise<TestApi> {
  const on = await testRegistry(options);
  const introspections: string[] = [];
  const app = fastify({ routerOptions: { maxParamLength: 1024 } });
  app.register(
    registryRest(on.registry, {
      startIntrospection: async (uuid) => void introspections.push(`start ${uuid}`),
      abortIntrospection: async (uuid) => void introspections.push(`abort ${uuid}`),
      ...rest,
    }),
    { prefix: '/baremetal' },
  );
  const call: TestApi['call'] = async (method, path, body, version = '1.75') => {
    const response = await app.inject({
      method: method as 'GET',
      url: `/baremetal${path}`,
      headers: {
        host: 'registry.example',
        ...(version === null ? {} : { 'x-openstack-ironic-api-version': version }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const json = response.body === '' ? undefined : JSON.parse(response.body);
    const message =
      typeof json?.error_message === 'string' ? JSON.parse(json.error_message).faultstring : undefined;
    return { status: response.statusCode, headers: response.headers, body: json, fault: message };
  };
  return { ...on, app, call, introspections };
}
