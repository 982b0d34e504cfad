// Shows these lines of docs/compatibility.md: rabbit-tls-verified.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { defaultsOf } from '../../config/option.ts';
import { messagingOptions } from './messaging-options.ts';
import { rabbitOptions } from './rabbit-options.ts';
import { rabbitSettings } from './rabbit-settings.ts';

const rabbit = defaultsOf(rabbitOptions);
const settings = (transport_url: string, changes: Partial<typeof rabbit> = {}) =>
  rabbitSettings({ ...defaultsOf(messagingOptions), transport_url }, { ...rabbit, ...changes });

describe('rabbitSettings', () => {
  it('has the defaults of the original', () => {
    assert.deepEqual(settings('rabbit://'), {
      addresses: [{ host: 'localhost', port: 5672 }],
      username: 'guest',
      password: 'guest',
      virtualHost: '/',
      tls: null,
      heartbeat: 60,
      retry: { least: 1, most: 30 },
      shuffle: false,
      exchange: { name: 'openstack', durable: false, autoDelete: false },
      responseTimeout: 60,
      concurrency: 64,
      prefetch: 64,
    });
  });

  it('lets parameters of the URL win', () => {
    const found = settings('rabbit://h?heartbeat_timeout_threshold=7&amqp_durable_queues=true&other=x', {
      rabbit_qos_prefetch_count: 3,
      kombu_failover_strategy: 'shuffle',
    });

    assert.deepEqual([found.heartbeat, found.exchange.durable], [7, true]);
    assert.deepEqual([found.prefetch, found.shuffle], [3, true]);
  });

  it('names a parameter that is wrong', () => {
    assert.throws(() => settings('rabbit://u:secret@h?ssl=perhaps'), {
      kind: 'invalid',
      message: '[DEFAULT]transport_url: parameter ssl: expected one of true, 1, on, yes, false, 0, off, no',
    });
  });

  it('checks the certificate against the given authorities, on the usual port for it', () => {
    const { path } = temporaryFolder();
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(path, name), name);

    const { addresses, tls } = settings('rabbit://h', {
      ssl: true,
      ssl_version: 'TLSv1_2',
      ssl_ca_file: join(path, 'ca'),
      ssl_cert_file: join(path, 'cert'),
      ssl_key_file: join(path, 'key'),
    });

    assert.equal(addresses[0]?.port, 5671);
    assert.deepEqual(tls, {
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ca: 'ca',
      cert: 'cert',
      key: 'key',
    });
    assert.deepEqual(settings('rabbit://h?ssl=1').tls, {});
    assert.deepEqual(settings('rabbit://h?ssl=1&ssl_version=SSLv23').tls, {});
  });

  it('refuses what cannot work', () => {
    assert.throws(() => settings('fake://'), /fake:\/\/ reaches no other process/);
    assert.throws(() => settings('rabbit://h?ssl=1&ssl_version=SSLv3'), /ssl_version: expected TLSv1_2/);
    assert.throws(() => settings('rabbit://h?ssl=1', { ssl_ca_file: '/no/such' }), /ssl_ca_file: ENOENT/);
  });
});
