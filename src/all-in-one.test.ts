// Shows these lines of docs/compatibility.md: all-in-one-in-process, port-before-recovery.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { freePort } from '../testing/free-port.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { serviceConfiguration } from '../testing/service-configuration.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { testDatabase } from '../testing/test-database.ts';
import { startAllInOne } from './all-in-one.ts';
import { readConfiguration } from './configuration.ts';
import { systemClock } from './host/clock.ts';
import { NodeStore } from './nodes/node-store.ts';

const uuid = '6a8f2c1e-4a4d-4f5b-8f0e-2f6d9d2f7c11';

function newDatabase(): string {
  return join(temporaryFolder().path, 'inspector.sqlite');
}

/** Starts it on a free port of the loopback, with these lines in addition. */
function start(more = '', database = newDatabase()) {
  const log = recordingLogger();
  const files = [{ path: '/x.conf', text: `${serviceConfiguration(database)}\n${more}` }];
  return { log, database, starting: startAllInOne(readConfiguration({ files }), log) };
}

describe('startAllInOne', () => {
  it('serves both APIs on one port, and gives everything back when it stops', async () => {
    const { log, database, starting } = start();

    const service = await starting;
    const root = await fetch(`${service.url}/`);
    const nodes = await fetch(`${service.url}/baremetal/v1/nodes`);
    const stopped = await service.stop();

    assert.match(service.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(root.status, 200);
    assert.deepEqual(await nodes.json(), { nodes: [] });
    assert.equal(stopped, true);
    await assert.rejects(fetch(service.url));
    assert.ok(log.lines.includes(`info: Database: ${database}`));
    assert.ok(log.lines.includes('info: Bare metal service: the built-in registry, nodes: 0'));
  });

  it('shows an IPv6 address as URLs have it', async (t) => {
    const { starting } = start('[DEFAULT]\nlisten_address = ::1');
    const service = await starting.catch((error: Error) => t.skip(error.message));
    if (service === undefined) return;

    assert.match(service.url, /^http:\/\/\[::1\]:\d+$/);
    await service.stop();
  });

  it('keeps rules from one start to the next', async () => {
    const first = start();
    const service = await first.starting;
    const body = JSON.stringify({ actions: [{ action: 'fail', message: 'x' }] });
    const created = await fetch(`${service.url}/v1/rules`, { method: 'POST', body });
    await service.stop();

    const second = start('', first.database);
    const again = await second.starting;
    const { rules } = (await (await fetch(`${again.url}/v1/rules`)).json()) as { rules: unknown[] };
    await again.stop();

    assert.equal(created.status, 201);
    assert.equal(rules.length, 1);
  });

  it('counts the nodes of an earlier run', async () => {
    const first = start();
    const service = await first.starting;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ driver: 'fake-hardware' });
    await fetch(`${service.url}/baremetal/v1/nodes`, { method: 'POST', headers, body });
    await service.stop();

    const again = start('', first.database);
    await (await again.starting).stop();

    assert.ok(again.log.lines.includes('info: Bare metal service: the built-in registry, nodes: 1'));
  });

  it('ends what a crash has left before it answers', async () => {
    const { database, log, starting } = await abandoned();

    const service = await starting;
    const status = (await (await fetch(`${service.url}/v1/introspection/${uuid}`)).json()) as any;
    await service.stop();

    assert.equal(status.state, 'error');
    assert.match(status.error, /^Interrupted in state processing/);
    assert.ok(log.at('error').length > 0, database);
  });

  it('leaves the work of another service alone when it cannot have the port', async () => {
    const other = createServer();
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const { port } = other.address() as AddressInfo;
    const { database, starting } = await abandoned(`[DEFAULT]\nlisten_port = ${port}`);

    await assert.rejects(starting, { kind: 'unavailable', message: /^Cannot listen on/ });

    other.close();
    const store = await testDatabase(`sqlite:///${database}`);
    assert.equal((await new NodeStore(store, systemClock).get(uuid)).state, 'processing');
    await store.close();
  });

  it('gives the port back when what was in flight cannot be read', async () => {
    const { database, starting } = start();
    await (await starting).stop();
    const port = await freePort();
    const file = new DatabaseSync(database);
    file.exec(
      "INSERT INTO baremetal_nodes (uuid, driver, provision_state, maintenance, version, document) VALUES ('a', 'x', 'verifying', 0, 1, 'not JSON')",
    );
    file.close();

    await assert.rejects(start(`[DEFAULT]\nlisten_port = ${port}`, database).starting, /is not valid JSON/);

    await (await start(`[DEFAULT]\nlisten_port = ${port}`).starting).stop();
  });

  it('starts with an Ironic that is down, and has no registry then', async () => {
    const ironic =
      '[bare_metal]\nservice = ironic\n[ironic]\nauth_type = none\nendpoint_override = http://127.0.0.1:1';
    const { log, starting } = start(ironic);

    const service = await starting;
    const registry = await fetch(`${service.url}/baremetal/v1/nodes`);
    const asked = await fetch(`${service.url}/v1/introspection/${uuid}`, { method: 'POST' });
    const answer = (await asked.json()) as { error: { message: string } };
    const stopped = await service.stop();

    assert.equal(registry.status, 404);
    assert.equal(asked.status, 503);
    assert.match(answer.error.message, /^Ironic cannot be asked .*ECONNREFUSED/);
    assert.equal(stopped, true);
    assert.ok(log.lines.includes('info: Bare metal service: Ironic, http://127.0.0.1:1'));
  });

  it('refuses credentials for Ironic that are not whole', async () => {
    await assert.rejects(start('[bare_metal]\nservice = ironic').starting, {
      kind: 'invalid',
      message: /^\[ironic\]auth_url: /,
    });
  });

  it('refuses a file that is no database', async () => {
    const database = newDatabase();
    writeFileSync(database, 'this is no database, whatever its name says '.repeat(50));

    await assert.rejects(start('', database).starting, {
      kind: 'unavailable',
      message: /^Cannot open the database .*inspector\.sqlite: file is not a database/,
    });
  });

  it('lets go of the database when something else is wrong', async () => {
    const database = newDatabase();

    await assert.rejects(start('[processing]\nprocessing_hooks = no_such', database).starting, {
      message: /missing or failed to load: no_such/,
    });

    await (await start('', database).starting).stop();
  });
});

/** A database with a node that nobody works on any more, and a service that starts on it. */
async function abandoned(more = '') {
  const path = newDatabase();
  const database = await testDatabase(`sqlite:///${path}`);
  await new NodeStore(database, systemClock).register(uuid, { state: 'processing', manageBoot: false });
  await database.close();
  return start(more, path);
}
