import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hash } from '@node-rs/bcrypt';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type DocumentedExample, documentedExamples } from '../../../testing/documented-examples.ts';
import { type RunningService, runningService } from '../../../testing/running-service.ts';
import { servedOpenapi } from '../../../testing/served-openapi.ts';
import { eventually, type ServiceAnswer, type ServiceClient } from '../../../testing/service-client.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { exampleNames } from './example-names.ts';
import { exampleRamdiskData } from './operations/introspection-schemas.ts';
import { exampleRule } from './operations/rules.ts';

const document: any = await servedOpenapi();
const examples = documentedExamples(document);
const { node, nodeName, port, mac, root, host } = exampleNames;

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ ...document, $id: 'openapi' });

/** What there is when an example is sent; most find a node with a port, and a rule. */
type Scene =
  | 'nothing'
  | 'no port'
  | 'no rule'
  | 'usual'
  | 'waiting'
  | 'introspected'
  | 'trait'
  | 'bulk run'
  | 'ended bulk run';

/** By operation, or by operation and example. */
const scenes: Readonly<Record<string, Scene>> = {
  'POST /baremetal/v1/nodes created': 'nothing',
  'POST /baremetal/v1/ports created': 'no port',
  'POST /v1/rules created': 'no rule',
  'POST /v1/rules created-before-1-6': 'no rule',
  'POST /v1/continue found': 'waiting',
  'GET /v1/introspection': 'introspected',
  'GET /v1/introspection-runs/{run}': 'bulk run',
  'GET /v1/introspection-runs/{run}/nodes': 'bulk run',
  'POST /v1/introspection-runs/{run}/cancel cancelled': 'bulk run',
  'DELETE /v1/introspection-runs/{run} deleted': 'ended bulk run',
  'GET /v1/introspection/{node} ended': 'introspected',
  'GET /v1/introspection/{node} running': 'waiting',
  'POST /v1/introspection/{node}/abort aborted': 'waiting',
  'GET /v1/introspection/{node}/data kept': 'introspected',
  'GET /v1/introspection/{node}/data/unprocessed kept': 'introspected',
  'POST /v1/introspection/{node}/data/unprocessed stored': 'introspected',
  'POST /v1/introspection/{node}/data/unprocessed given': 'introspected',
  'GET /v1/introspection/{node}/changes recorded': 'introspected',
  'GET /v1/introspection/{node}/explain explained': 'introspected',
  'GET /v1/introspection/{node}/timeline ended': 'introspected',
  'GET /v1/introspection/{node}/history kept': 'introspected',
  'GET /v1/introspection/{node}/history/{run} last': 'introspected',
  'GET /v1/introspection/{node}/history/{run}/data kept': 'introspected',
  'GET /v1/introspection/{node}/history/{run}/data/unprocessed kept': 'introspected',
  'GET /v1/introspection/{node}/history/diff with-itself': 'introspected',
  'GET /v1/introspection/{node}/history/diff no-run': 'introspected',
  'GET /baremetal/v1/nodes/{node}/traits listed': 'trait',
  'DELETE /baremetal/v1/nodes/{node}/traits/{trait} taken': 'trait',
};

const sceneOf = ({ operation, name }: DocumentedExample): Scene =>
  scenes[`${operation} ${name}`] ?? scenes[operation] ?? 'usual';

/** A node once introspected is remembered, so that those examples have a service each. */
const isApart = ({ operation }: DocumentedExample): boolean =>
  / \/v1\/(?:introspection|continue)/.test(operation);

async function set(client: ServiceClient, scene: Scene): Promise<void> {
  if (scene === 'nothing') return;
  await client.createNode({ uuid: node, name: nodeName });
  if (scene !== 'no port')
    await client.do('POST /baremetal/v1/ports', { uuid: port, node_uuid: node, address: mac });
  if (scene !== 'no rule') await client.do('POST /v1/rules', exampleRule);
  if (scene === 'trait')
    await client.do(`PUT /baremetal/v1/nodes/${node}/traits`, { traits: ['CUSTOM_GPU'] });
  if (scene.endsWith('bulk run')) await client.do('POST /v1/introspection-runs', { nodes: [node] });
  if (scene === 'ended bulk run') {
    await eventually(
      () => client.ask(`GET /v1/introspection/${node}`),
      ({ body }) => body.state === 'waiting',
    );
    await client.do('POST /v1/continue', exampleRamdiskData);
    await eventually(
      () => client.do('GET /v1/introspection-runs/latest'),
      ({ state }) => state === 'finished',
    );
  }
  if (scene === 'waiting' || scene === 'introspected') await client.start(node);
  if (scene !== 'introspected') return;
  await client.do('POST /v1/continue', exampleRamdiskData);
  await client.until(node, 'finished');
}

async function clear(client: ServiceClient): Promise<void> {
  await client.do('DELETE /v1/rules');
  const { nodes } = await client.do('GET /baremetal/v1/nodes');
  if (nodes.length === 0) return;
  await client.untilNode(node, (shown) => shown.target_power_state === null);
  await client.do(`DELETE /baremetal/v1/nodes/${node}`);
}

async function send(client: ServiceClient, example: DocumentedExample): Promise<void> {
  const { operation, path, headers, body } = example;
  const [method] = operation.split(' ');
  const all = { host: new URL(root).host, ...headers };
  assertAnswer(await client.ask(`${method} ${path}`, body, all), example);
}

function assertAnswer(
  answer: ServiceAnswer,
  { status, content, pointer, promised, answer: expected }: DocumentedExample,
): void {
  assert.equal(answer.status, status, answer.text);
  for (const name of promised) assert.ok(answer.headers[name.toLowerCase()], `${name} is missing`);
  if (content === undefined) {
    assert.equal(answer.text, '');
    return;
  }
  const given = String(answer.headers['content-type']);
  const type = Object.hasOwn(content, given) ? given : given.replace(/;.*/, '');
  assert.ok(Object.hasOwn(content, type), `${type} is none of ${Object.keys(content).join(', ')}`);
  const place = `${pointer}/content/${encodeURIComponent(type.replaceAll('~', '~0').replaceAll('/', '~1'))}/schema`;
  const validate = ajv.compile({ $ref: `openapi${place}` });
  validate(answer.body ?? answer.text);
  assert.deepEqual(validate.errors ?? [], []);
  if (expected !== undefined) assert.deepEqual(comparable(answer.body), comparable(expected));
}

/** Times are as they come, and the machine has a name of its own. */
function comparable(value: any): any {
  const text = JSON.stringify(value)
    .replaceAll(JSON.stringify(hostname()), JSON.stringify(host))
    .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+(\+00:00)?"/g, '"a time"');
  return JSON.parse(text);
}

const title = ({ operation, name, status }: DocumentedExample): string => `${operation}: ${name}, ${status}`;
const configuration = '[healthcheck]\nenabled = true';

describe('the examples of the OpenAPI document', () => {
  const together = examples.filter((example) => !example.isShared && !isApart(example));
  let service: RunningService;

  before(async () => {
    service = await runningService(configuration);
  });
  after(async () => service.stop());

  for (const example of together) {
    it(`are answered as they say, ${title(example)}`, async () => {
      await clear(service.client);
      await set(service.client, sceneOf(example));

      await send(service.client, example);
    });
  }
});

describe('the examples of introspections', () => {
  for (const example of examples.filter((each) => !each.isShared && isApart(each))) {
    it(`are answered as they say, ${title(example)}`, async () => {
      const service = await runningService();
      try {
        await set(service.client, sceneOf(example));

        await send(service.client, example);
      } finally {
        await service.stop();
      }
    });
  }
});

describe('the examples that all operations have', () => {
  const shared = examples.filter(({ isShared }) => isShared);
  let guarded: RunningService;

  before(async () => {
    const file = join(temporaryFolder().path, 'htpasswd');
    writeFileSync(file, `admin:${await hash('secret', { cost: 4 })}\n`);
    guarded = await runningService(
      `[DEFAULT]\nauth_strategy = http_basic\nhttp_basic_auth_user_file = ${file}\n${configuration}`,
    );
  });
  after(async () => guarded.stop());

  for (const name of new Set(shared.map((example) => example.name))) {
    it(`are answered as they say, ${name}`, async () => {
      for (const example of shared.filter((each) => each.name === name)) {
        const isVersion = name !== 'no-credentials';
        const authorization = `Basic ${Buffer.from('admin:secret').toString('base64')}`;
        const headers = isVersion ? { ...example.headers, authorization } : example.headers;
        await send(guarded.client, { ...example, headers }).catch((error: unknown) => {
          throw new Error(title(example), { cause: error });
        });
      }
    });
  }

  it('are of every kind', () => {
    assert.deepEqual([...new Set(shared.map(({ name }) => name))].sort(), [
      'malformed-version',
      'no-credentials',
      'unsupported-version',
    ]);
  });
});

describe('an example', () => {
  it('is there for each operation, with each status that is its own but those of busy nodes and outages', () => {
    const hard = ['409', '503'];
    const silent = Object.entries<any>(document.paths).flatMap(([path, item]) =>
      Object.entries<any>(item).flatMap(([method, { responses }]) =>
        Object.entries<any>(responses)
          .filter(([status, { $ref }]) => $ref === undefined && !hard.includes(status))
          .map(([status]) => `${method.toUpperCase()} ${path} ${status}`)
          .filter((line) => !examples.some(({ operation, status }) => `${operation} ${status}` === line)),
      ),
    );

    assert.deepEqual(silent, []);
  });

  it('has a request that fits what is documented, unless that is what is refused', () => {
    for (const { operation, name, status, body } of examples.filter((each) => !each.isShared)) {
      const [method = '', path = ''] = operation.split(' ');
      if (body === undefined || status >= 400) continue;
      const escaped = path.replaceAll('/', '~1');
      const pointer = `openapi#/paths/${escaped}/${method.toLowerCase()}/requestBody/content/application~1json/schema`;
      const validate = ajv.compile({ $ref: pointer });
      validate(body);
      assert.deepEqual(validate.errors ?? [], [], `${operation} ${name}`);
    }
  });
});
