import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { rawConnection } from '../../testing/raw-connection.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';
import { wrongRamdiskValues } from '../../testing/wrong-ramdisk-data.ts';

const mebibyte = 2 ** 20;

let service: RunningService;
let count = 0;

before(async () => {
  service = await runningService('[processing]\nnode_not_found_hook = enroll');
});
after(async () => assert.equal(await service.stop(), true));

/** What a machine that nobody knows posts, as text, with something put in front of its other members. */
function bodyWith(member: string): string {
  return JSON.stringify(numberedMachine(++count).data()).replace('{', `{${member},`);
}

async function goodPostSucceeds(): Promise<void> {
  const { client } = service;
  const answer = await client.callBack(numberedMachine(++count).data());
  assert.equal(answer.status, 200);
  assert.equal((await client.untilEnded(answer.body.uuid)).state, 'finished');
}

async function isRefusedWithoutTrace(body: string | Uint8Array, message: RegExp): Promise<void> {
  const counts = service.rows.counts();
  const answer = await service.client.callBack(body);
  assert.equal(answer.status, 400);
  assert.match(answer.message ?? '', message);
  assert.deepEqual(service.rows.counts(), counts);
}

const noInventory = /\nPreprocessing hook validate_interfaces: Hardware inventory is empty or missing\n/;

/** Bodies, and what the answer says. */
const bodies: readonly (readonly [string, () => string | Uint8Array, RegExp])[] = [
  ['nothing', () => '', /^Invalid data: expected a JSON object, got an empty body$/],
  ['blanks', () => ' \n ', /^Invalid data: expected a JSON object, got an empty body$/],
  ['no JSON', () => 'node=1&ok=1', /got malformed JSON \(expected a value, got "n".*line 1 column 1/],
  [
    'half a document',
    () => bodyWith('"a": 1').slice(0, 300),
    /got malformed JSON \(.*got the end in inventory/,
  ],
  ['two documents', () => '{}{}', /got malformed JSON \(expected nothing more, got "{"/],
  ['a comma too many', () => bodyWith('"a": [1,]'), /got malformed JSON \(.* in a\[1\], line 1 column/],
  ['single quotes', () => "{'inventory': {}}", /got malformed JSON/],
  ['no UTF-8', () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), /^Invalid data: /],
  ['a compressed body', () => Buffer.from('1f8b0800000000000003', 'hex'), /^Invalid data: /],
  ['a list', () => '[]', /^Invalid data: expected a JSON object, got list$/],
  ['text', () => '"{}"', /^Invalid data: expected a JSON object, got str$/],
  ['a number', () => '1.5', /^Invalid data: expected a JSON object, got float$/],
  ['true', () => 'true', /^Invalid data: expected a JSON object, got bool$/],
  ['null', () => 'null', /^Invalid data: expected a JSON object, got NoneType$/],
  ['an empty object', () => '{}', noInventory],
  ['no inventory', () => '{"error": null, "root_disk": {}}', noInventory],
  ['inventory null', () => '{"inventory": null}', noInventory],
  ['an empty inventory', () => '{"inventory": {}}', noInventory],
  [
    'an inventory without addresses',
    () => '{"inventory": {"interfaces": [{"name": "eno1"}], "cpu": {"count": 1}}}',
    /\nPreprocessing hook validate_interfaces: No interfaces supplied by the ramdisk\n/,
  ],
  [
    'a depth of 10,000',
    () => bodyWith(`"a": ${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    /expected at most 128 levels of nesting/,
  ],
  [
    'objects within objects without end',
    () => '{"a":'.repeat(200_000),
    /expected at most 128 levels of nesting/,
  ],
  [
    'a million members',
    () => bodyWith(`"a": {${Array.from({ length: 1_000_000 }, (_, i) => `"${i}":0`).join()}}`),
    /expected at most 500000 members/,
  ],
  ['NUL in a text', () => bodyWith('"a": {"b": ["x\\u0000"]}'), /: a\.b\[0\] contains a NUL character/],
  ['NUL in a name', () => bodyWith('"a": {"\\u0000": 1}'), /member name in a contains a NUL character/],
  ['NUL as it is', () => bodyWith('"a": "\0"'), /got malformed JSON \(.* in a, line 1/],
  ['a lone surrogate', () => bodyWith('"a": "\\ud800"'), /: a contains a lone surrogate/],
  [
    'a lone surrogate in a name',
    () => bodyWith('"a": {"\\udc00": 1}'),
    /member name in a contains a lone surrogate/,
  ],
  ['__proto__', () => bodyWith('"__proto__": {"x": 1}'), /has a member __proto__, which is not allowed/],
  [
    '__proto__ with an escape, deep down',
    () => bodyWith('"a": [{"b": {"\\u005f_proto__": null}}]'),
    /: a\[0\]\.b has a member __proto__/,
  ],
  ['1e999', () => bodyWith('"a": {"b": 1e999}'), /: a\.b is not a finite number/],
  ['NaN', () => bodyWith('"a": [NaN]'), /expected a finite number, got NaN in a\[0\], line 1 column/],
  ['-Infinity', () => bodyWith('"a": -Infinity'), /expected a finite number, got -Infinity in a, line 1/],
];

describe('a machine that nobody knows', () => {
  for (const [title, body, message] of bodies) {
    it(`is refused when it posts ${title}, and leaves nothing behind`, async () => {
      await isRefusedWithoutTrace(body(), message);
    });
  }

  it('is refused for every wrong type at every known path, which the answer names', async () => {
    const wrong = wrongRamdiskValues();
    const counts = service.rows.counts();

    for (const value of wrong) {
      const answer = await service.client.callBack(value.in(numberedMachine(++count).data()));
      const shown = `${value.path} = ${JSON.stringify(value.value)}`;
      assert.equal(answer.status, 400, shown);
      assert.ok(answer.message?.includes(`\n${value.path}: expected `), `${shown}: ${answer.message}`);
    }

    assert.ok(wrong.length > 250);
    assert.deepEqual(service.rows.counts(), counts);
  });

  it('is taken when names come twice: the last one counts', async () => {
    const { client } = service;
    const text = JSON.stringify(numberedMachine(++count).data()).replace('"count":48', '"count":1,"count":2');

    const answer = await client.callBack(text);

    assert.equal(answer.status, 200);
    await client.untilEnded(answer.body.uuid);
    assert.equal((await client.node(answer.body.uuid)).properties.cpus, '2');
  });

  after(goodPostSucceeds);
});

describe('a machine that is waited for', () => {
  const machine = numberedMachine(60_000);
  let uuid: string;

  before(async () => {
    const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
    uuid = await service.client.createNode(fields, machine.macs);
  });
  after(async () => {
    const { client } = service;
    await client.start(uuid);
    assert.equal((await client.callBack(machine.data())).status, 200);
    assert.equal((await client.untilEnded(uuid)).state, 'finished');
  });

  it('ends in error for a wrong type at any known path, and nothing of it remains', async () => {
    const { client, rows } = service;
    const clean = rows.counts();
    // Without an inventory there is nothing to find the node by.
    const wrong = wrongRamdiskValues().filter(({ path }) => path !== 'inventory');
    const onePerPath = new Map(wrong.map((value) => [value.path, value])).values();

    for (const value of onePerPath) {
      await client.do(`POST /v1/introspection/${uuid}?manage_boot=0`);
      const answer = await client.callBack(value.in(machine.data()));
      const { state, error, finished } = await client.introspection(uuid);

      assert.deepEqual([answer.status, state, finished], [400, 'error', true], value.path);
      assert.ok(error.startsWith(`${value.path}: expected `), `${value.path}: ${error}`);
      assert.ok(answer.message?.includes(error), value.path);
      const counts = rows.counts();
      const { nodes, introspection_data } = counts;
      const told = ['introspection_accounts', 'introspection_stages', 'history_documents', 'history_runs'];
      const kept = ['nodes', 'introspection_data', ...told];
      assert.deepEqual(without(counts, ...kept), without(clean, ...kept), value.path);
      assert.equal(nodes, (clean['nodes'] ?? 0) + 1);
      // What was posted stays, so that it can be looked at.
      assert.equal(introspection_data, (clean['introspection_data'] ?? 0) + 1);
    }
    assert.deepEqual((await client.node(uuid)).properties, {});
    assert.deepEqual(await client.portsOf(uuid), [...machine.macs].sort());
  });

  for (const [title, member, message] of [
    ['a text with NUL', '"a": "\\u0000"', /^Invalid data: a contains a NUL/],
    ['a number beyond all bounds', '"a": 1e999', /^Invalid data: a is not a finite number/],
    ['malformed JSON', '"a": [,', /^Invalid data: expected a JSON object, got malformed JSON/],
  ] as const) {
    it(`goes on waiting when ${title} keeps the document from being read`, async () => {
      const { client, rows } = service;
      await client.start(uuid);
      const counts = rows.counts();
      const status = await client.introspection(uuid);

      const answer = await client.callBack(JSON.stringify(machine.data()).replace('{', `{${member},`));

      assert.equal(answer.status, 400);
      assert.match(answer.message ?? '', message);
      assert.deepEqual(await client.introspection(uuid), status);
      assert.deepEqual(rows.counts(), counts);
    });
  }
});

describe('a reapply of bad data', () => {
  it('changes nothing when it cannot be read', async () => {
    const { client, rows } = service;
    const { uuid } = (await client.callBack(numberedMachine(++count).data())).body;
    const status = await client.untilEnded(uuid);
    const counts = rows.counts();
    const unprocessed = await client.do(`GET /v1/introspection/${uuid}/data/unprocessed`);

    for (const body of ['[]', '{', '{"a": NaN}', '{"a": "\\u0000"}', `{"a": ${'['.repeat(200)}`]) {
      const answer = await client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`, body);
      assert.equal(answer.status, 400, body.slice(0, 20));
    }

    assert.deepEqual(await client.introspection(uuid), status);
    assert.deepEqual(rows.counts(), counts);
    assert.deepEqual(await client.do(`GET /v1/introspection/${uuid}/data/unprocessed`), unprocessed);
  });
});

describe('a body of 64 MiB', () => {
  it('is refused before it is sent when its length is declared', async () => {
    const connection = await rawConnection(service.port);

    connection.send(
      `POST /v1/continue HTTP/1.1\r\nHost: x\r\nContent-Length: ${64 * mebibyte}\r\n\r\n{"a": "`,
    );

    assert.match(await connection.received(/max_request_body/), /^HTTP\/1\.1 413 .*16777216 bytes/s);
    connection.socket.destroy();
    await goodPostSucceeds();
  });

  it('is refused when it turns out to be too long, and is not kept in memory', async () => {
    const counts = service.rows.counts();
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`);
    const start = process.memoryUsage.rss();
    let most = start;

    for (let round = 0; round < 4; round++) {
      const connection = await rawConnection(service.port);
      const answered = connection.received(/max_request_body/);
      connection.send('POST /v1/continue HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
      for (let sent = 0; sent < 64 * mebibyte; sent += 0x10000) {
        if (!connection.socket.write(chunk)) {
          await new Promise((resolve) => connection.socket.once('drain', resolve));
        }
        most = Math.max(most, process.memoryUsage.rss());
      }
      assert.match(await answered, /^HTTP\/1\.1 413 /);
      connection.socket.destroy();
    }

    assert.ok(most - start < 100 * mebibyte, `${(most - start) / mebibyte} MiB more than before`);
    assert.deepEqual(service.rows.counts(), counts);
    await goodPostSucceeds();
  });
});

function without(counts: Record<string, number>, ...names: string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([name]) => !names.includes(name)));
}
