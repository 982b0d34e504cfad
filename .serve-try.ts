import fastify from '/work/main/node_modules/fastify/fastify.js';
import { testRegistry } from '/work/main/testing/registry-builder.ts';
import { registryRest } from '/work/main/src/registry/rest/registry-rest.ts';
const { registry, log } = await testRegistry();
const app = (fastify as any)();
app.addHook('onRequest', async (r: any) => console.log(r.method, r.url));
app.addHook('onResponse', async (r: any, p: any) => console.log('   ', p.statusCode, log.lines.splice?.(0)));
app.register(registryRest({ registry, log, startIntrospection: async () => {}, abortIntrospection: async () => {} }), { prefix: '/baremetal' });
await app.listen({ port: 5055, host: '127.0.0.1' });
