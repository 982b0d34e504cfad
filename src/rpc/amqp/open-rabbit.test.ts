import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { freePort } from '../../../testing/free-port.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import { messagingOptions } from './messaging-options.ts';
import { openRabbit } from './open-rabbit.ts';
import { rabbitOptions } from './rabbit-options.ts';
import { rabbitSettings } from './rabbit-settings.ts';

/** A server that only listens: each connection shows which address was tried. */
async function listener(t: TestContext) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, connected: once(server, 'connection') };
}

function opened(t: TestContext, hosts: string, strategy: 'round-robin' | 'shuffle' = 'round-robin') {
  const log = recordingLogger();
  const settings = rabbitSettings(
    { ...defaultsOf(messagingOptions), transport_url: `rabbit://u:secret@${hosts}/` },
    { ...defaultsOf(rabbitOptions), kombu_failover_strategy: strategy, rabbit_interval_max: 1 },
  );
  const connection = openRabbit(settings, 'test', log, () => 0);
  t.after(() => connection.unsafeDestroy());
  return { log, connection };
}

describe('openRabbit', () => {
  it('tries the next host when one cannot be reached, and says so without the password', async (t) => {
    const closed = await freePort();
    const { port, connected } = await listener(t);

    const { log } = opened(t, `[::1]:${closed},127.0.0.1:${port}`);
    const [socket] = await connected;
    socket.destroy();

    assert.match(log.at('error')[0] ?? '', new RegExp(`^The message broker at ::1:${closed} cannot be used`));
    assert.ok(!log.lines.some((line) => line.includes('secret')));
  });

  it('takes hosts in any order where that is wanted, and tells of the state of the broker', async (t) => {
    const { port, connected } = await listener(t);

    const { log, connection } = opened(t, `127.0.0.1:${port}`, 'shuffle');
    (await connected)[0].destroy();
    connection.emit('connection');
    connection.emit('connection.blocked', 'low on memory');
    connection.emit('connection.unblocked');

    assert.deepEqual(log.lines.slice(0, 3), [
      `info: Connected to the message broker at 127.0.0.1:${port}`,
      'warning: The message broker takes no messages for now: low on memory',
      'info: The message broker takes messages again',
    ]);
  });
});
