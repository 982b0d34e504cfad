import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { runMigrateData } from '../../src/commands/ironic-inspector-migrate-data.ts';
import { databaseDataStore } from '../../src/introspection-data/database-store.ts';
import { objectName } from '../../src/introspection-data/swift-store.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { openSwift } from '../../src/swift/open-swift.ts';
import type { SwiftClient } from '../../src/swift/swift-client.ts';
import { clientSettingsWith } from '../../testing/client-settings.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import {
  objectStorePackages,
  type RealObjectStore,
  startRealObjectStore,
} from '../../testing/real-object-store.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { ServiceClient } from '../../testing/service-client.ts';
import { runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { testDatabase } from '../../testing/test-database.ts';

const original = '/usr/bin/ironic-inspector-migrate-data';
const packages = [...objectStorePackages, 'ironic-inspector', 'python3-openstacksdk'];

describe('a real Swift behind a real Keystone', { skip: skipWithout(packages), timeout: 560_000 }, () => {
  let real: RealObjectStore;
  const clients: SwiftClient[] = [];

  before(async () => {
    real = await startRealObjectStore(temporaryFolder().path);
  });
  after(async () => {
    for (const client of clients) await client.close();
    await real?.stop();
  });

  function open(changes: Parameters<typeof clientSettingsWith>[0] = {}): SwiftClient {
    const auth_url = real.keystone.replace(/\/v3$/, '');
    const user = { username: 'admin', project_name: 'admin', auth_url };
    const client = openSwift(clientSettingsWith({ ...user, ...changes }), {
      now: () => new Date(),
      wait: async () => {},
      random: Math.random,
      log: silentLogger(),
    });
    clients.push(client);
    return client;
  }

  it('keeps what is put, in a container made for it', async () => {
    const client = open({ container: 'new container ü' });
    const text = `{"a": "ü", "b": "${'x'.repeat(5 * 1024 * 1024)}"}`;

    await assert.rejects(client.get('one'), { kind: 'not-found', message: /Swift answered 404/ });
    await client.put('one', text);
    await client.put('two', '{}');

    assert.ok((await client.get('one')) === text);
    assert.deepEqual(await client.head('two'), { md5: '99914b932bd37a50b983c5e7c90ae93b' });
    assert.equal(await client.head('three'), undefined);
    await assert.rejects(client.get('three'), { kind: 'not-found' });
  });

  it('deletes after the time that the options say', async () => {
    const client = open({ delete_after: 1 });

    await client.put('short-lived', '{}');
    while ((await client.head('short-lived')) !== undefined) await wait(100);

    await assert.rejects(client.get('short-lived'), { kind: 'not-found' });
  });

  it('accepts an application credential, by its ID and by its name', async () => {
    const users = await real.ask('GET', `${real.keystone}/users?name=admin`);
    const credential = { name: 'inspector', secret: 'of its own', roles: [{ name: 'admin' }] };
    const url = `${real.keystone}/users/${users.users[0].id}/application_credentials`;
    const made = await real.ask('POST', url, { application_credential: credential });
    const auth = { auth_type: 'v3applicationcredential', application_credential_secret: 'of its own' };

    await open({ ...auth, application_credential_id: made.application_credential.id }).put('by-id', '{}');
    await open({ ...auth, application_credential_name: 'inspector' }).put('by-name', '{}');
  });

  it('accepts a token', async () => {
    await open({ auth_type: 'v3token', token: real.token, username: null, password: null }).put(
      'by-token',
      '{}',
    );
  });

  it('gets another token when the first has been revoked', async () => {
    const client = open();
    await client.put('one', '{}');
    const users = await real.ask('GET', `${real.keystone}/users?name=admin`);

    // Keystone revokes the tokens of a user whose password is set.
    await setPassword(real, users.users[0].id, 'secret');

    // Until then Swift takes what Keystone said before for true.
    await wait(1500);

    await client.put('one', '{"a": 1}');
    assert.equal(await client.get('one'), '{"a": 1}');
  });

  it('says that Keystone refuses a password, and what its catalogue has', async () => {
    await assert.rejects(open({ password: 'hunter2' }).get('one'), {
      kind: 'unavailable',
      message:
        /Keystone at .* refuses the credentials of \[swift\] with 401: The request you have made requires/,
    });
    await assert.rejects(open({ region_name: 'Elsewhere' }).get('one'), {
      kind: 'unavailable',
      message: /in the region Elsewhere .*It has: .*object-store \(swift, internal, RegionOne\)/,
    });
  });

  it('keeps what the service gets from ramdisks, and gives it back', async () => {
    const service = await startRealService(
      temporaryFolder().path,
      recordingLogger(),
      `[processing]\nstore_data = swift\n[swift]\nauth_url = ${real.keystone}\nauth_type = password\n` +
        'username = admin\npassword = secret\nuser_domain_name = Default\nproject_name = admin\n' +
        'project_domain_name = Default\nregion_name = RegionOne\n',
    );
    const asked = new ServiceClient(service.url);
    try {
      const machine = numberedMachine(1);
      const uuid = await asked.createNode({}, [machine.macs[0]]);
      await asked.start(uuid);
      await asked.callBack(machine.data());
      await asked.until(uuid, 'finished');
      const processed = await asked.do(`GET /v1/introspection/${uuid}/data`);
      const unprocessed = await asked.do(`GET /v1/introspection/${uuid}/data/unprocessed`);
      await asked.do(`POST /v1/introspection/${uuid}/data/unprocessed`);
      const { error } = await asked.until(uuid, 'finished');
      const { stages } = await asked.do(`GET /v1/introspection/${uuid}/timeline`);

      assert.equal(error, null);
      assert.ok(stages.some(({ stage }: { stage: string }) => stage === 'reapply-begun'));
      assert.equal(processed.cpus, 48);
      assert.deepEqual(unprocessed.inventory, machine.data()['inventory']);
      assert.deepEqual(JSON.parse(await open().get(objectName(uuid, 'processed'))).macs, [machine.macs[0]]);
      assert.deepEqual(JSON.parse(await open().get(objectName(uuid, 'unprocessed'))), unprocessed);
    } finally {
      await asked.close();
      await service.stop();
    }
  });

  it('is filled and read by the migration, with the original reading what it wrote', async () => {
    const { path } = temporaryFolder();
    const [file, connection] = [join(path, 'inspector.conf'), `sqlite:///${join(path, 'service.sqlite')}`];
    const database = await testDatabase(connection);
    const store = databaseDataStore(database);
    const uuids = Array.from({ length: 3 }, (_, n) => `00000000-0000-0000-0000-0000000000${n + 10}`);
    const document = (n: number) => `{"n": ${n}, "t": "\\u00e9 \\ud83d\\ude00", "f": 1.0}`;
    for (const [n, uuid] of uuids.entries()) {
      const times = { started_at: null, finished_at: null, error: null, manage_boot: null, version_id: null };
      await database.query
        .insertInto('nodes')
        .values({ uuid, state: 'finished', ...times })
        .execute();
      for (const kind of ['processed', 'unprocessed'] as const) await store.save(uuid, kind, document(n));
    }
    writeFileSync(
      file,
      `[database]\nconnection = ${connection}\n[swift]\nauth_url = ${real.keystone}\nusername = admin\n` +
        'password = secret\nuser_domain_name = Default\nproject_name = admin\nproject_domain_name = Default\n',
    );
    const migrate = async (from: string, to: string) => {
      const on = madeUpConsole(path);
      const code = await runMigrateData(['--config-file', file, '--from', from, '--to', to], on);
      return { code, ...on.said };
    };
    const done =
      'Finished introspection data migration, total records: 6. all records are migrated successfully.\n';

    const first = await migrate('database', 'swift');
    const again = await migrate('database', 'swift');
    await database.query.deleteFrom('introspection_data').execute();
    const byOriginal = await runStockProgram(
      original,
      ['--config-file', file, '--from', 'swift', '--to', 'database'],
      path,
    );
    const stored = await Promise.all(uuids.map((uuid) => store.get(uuid, 'unprocessed')));
    const back = await migrate('database', 'swift');
    await database.close();

    assert.deepEqual([first.code, first.out], [0, done]);
    assert.match(first.err, /6 copied, 0 already at the target/);
    assert.match(again.err, /0 copied, 6 already at the target/);
    // Its log goes to standard output, too.
    assert.ok(byOriginal.stdout.endsWith(done), byOriginal.stdout + byOriginal.stderr);
    assert.deepEqual(
      stored,
      uuids.map((_, n) => document(n)),
    );
    assert.match(back.err, /0 copied, 6 already at the target/);
    assert.equal(await open().get(objectName(uuids[2] ?? '', 'processed')), document(2));
  });
});

async function setPassword(real: RealObjectStore, user: string, password: string): Promise<void> {
  const url = `${real.keystone}/users/${user}/password`;
  await real.ask('POST', url, { user: { password, original_password: password } });
}
