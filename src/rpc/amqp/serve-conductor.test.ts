// Shows these lines of docs/compatibility.md: split-errors-kept, split-four-methods.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeBroker } from '../../../testing/fake-broker.ts';
import { pause } from '../../../testing/pause.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { parseJsonObject } from '../../json/parse-json.ts';
import type { ConductorApi } from '../conductor-api.ts';
import { conductorOverAmqp } from './conductor-over-amqp.ts';
import { RabbitCalls } from './rabbit-calls.ts';
import { serveConductor } from './serve-conductor.ts';

const exchange = { name: 'openstack', durable: false, autoDelete: false };
const document = (text: string) => parseJsonObject(Buffer.from(text));

/** A conductor that is called over a broker, and tells what it was asked. */
function served(changes: Partial<ConductorApi> = {}, concurrency = 8) {
  const broker = fakeBroker();
  const log = recordingLogger();
  const asked: unknown[] = [];
  const unanswered: unknown[] = [];
  const conductor: ConductorApi = {
    start: async (...given) => void asked.push(['start', ...given]),
    abort: async (...given) => void asked.push(['abort', ...given]),
    reapply: async (node, data, from) => void asked.push(['reapply', node, data?.value, from]),
    continue: async ({ value }, from) => {
      asked.push(['continue', value, from]);
      return { uuid: 'u' };
    },
    ...changes,
  };
  const serving = serveConductor({
    connection: broker.connection,
    settings: { exchange, concurrency, prefetch: 16 },
    host: 'here.example',
    conductor,
    log,
    unanswered: async ({ call }, uuid) => {
      if (uuid === 'bad') throw new Error('the database is away');
      unanswered.push([call.method, uuid]);
    },
  });
  let hosts = ['here.example'];
  const api = conductorOverAmqp({
    calls: new RabbitCalls(broker.connection, exchange),
    conductors: { hosts: async () => hosts },
    responseTimeout: 5,
    log,
    random: () => 0,
  });
  return { broker, log, asked, unanswered, serving, api, setHosts: (now: string[]) => (hosts = now) };
}

describe('a conductor that is called over AMQP', () => {
  it('is asked what the API asks', async () => {
    const { api, asked } = served();

    await api.start('a', { manageBoot: false }, { requestId: 'req-1' });
    await api.abort('b');
    await api.reapply('c', undefined);
    await api.reapply('d', document('{"x":1}'), { requestId: 'req-2' });
    const answer = await api.continue(document('{"y":2}'));

    assert.deepEqual(answer, { uuid: 'u' });
    assert.deepEqual(asked, [
      ['start', 'a', { manageBoot: false }, { requestId: 'req-1' }],
      ['abort', 'b', undefined],
      ['reapply', 'c', undefined, undefined],
      ['reapply', 'd', { x: 1 }, { requestId: 'req-2' }],
      ['continue', { y: 2 }, undefined],
    ]);
  });

  it('has a queue of its own, which goes with its connection', async () => {
    const { broker } = served();

    const { queue, queueOptions, qos, queueBindings } = broker.declared[0] as any;

    assert.equal(queue, 'ironic_inspector.conductor.here.example');
    assert.deepEqual(queueOptions, { exclusive: true });
    assert.deepEqual(qos, { prefetchCount: 16 });
    assert.deepEqual(
      queueBindings.map(({ routingKey }: any) => routingKey),
      [queue, 'ironic_inspector.alive.here.example'],
    );
  });

  it('tells the API what its client is told, and the log what a bug was', async () => {
    const abort = async (node: string) => {
      if (node === 'bug') throw new TypeError('oops');
      throw new InspectorError('conflict', 'Node is locked, please, retry later');
    };
    const { api, log } = served({ abort });

    await assert.rejects(api.abort('x'), {
      name: 'InspectorError',
      kind: 'conflict',
      message: 'Node is locked, please, retry later',
    });
    await assert.rejects(api.abort('bug', { requestId: 'req-9' }), { name: 'TypeError', message: 'oops' });
    assert.deepEqual(log.at('error'), ['The call do_abort failed: oops']);
  });

  it('passes over a conductor that is gone, and is unavailable when there is none', async () => {
    const { api, asked, log, setHosts } = served();
    const none = { kind: 'unavailable', message: 'No available conductor service' };

    setHosts(['gone.example', 'here.example']);
    await api.abort('x');
    setHosts(['gone.example']);
    await assert.rejects(api.abort('y'), none);
    setHosts([]);
    await assert.rejects(api.abort('z'), none);

    assert.equal(asked.length, 1);
    assert.match(log.at('warning')[0] ?? '', /^The conductor on gone\.example cannot be called/);
  });

  it('never makes a call again that may have been begun', async () => {
    const hang = () => new Promise<never>(() => {});
    const { api, broker, setHosts } = served({ abort: hang });
    setHosts(['here.example', 'here.example']);

    const pending = api.abort('x');
    await pause(10);
    broker.drop();

    await assert.rejects(pending, {
      kind: 'unavailable',
      message: 'The conductor on here.example did not answer: the connection to the message broker was lost',
    });
    assert.equal(broker.published.length, 1);
  });

  it('works on so many calls at once, and answers all that it took before it stops', async () => {
    const go = Promise.withResolvers<void>();
    let atWork = 0;
    const abort = async () => {
      atWork++;
      await go.promise;
    };
    const { api, serving } = served({ abort }, 2);

    const calls = ['a', 'b', 'c'].map((node) => api.abort(node));
    await pause(10);
    const most = atWork;
    const stopping = serving.stop();
    await pause(5);
    const late = api.abort('late').catch((error: Error) => error.message);
    go.resolve();
    await stopping;

    assert.equal(most, 2);
    await Promise.all(calls);
    assert.equal(await late, 'No available conductor service');
  });

  it('remembers the answer to a callback that could not be sent, as the ramdisk asks again', async () => {
    let uuid = 'u';
    const done = Promise.withResolvers<void>();
    const { broker, unanswered, log } = served({
      continue: async () => {
        broker.failure = new Error('no broker');
        void pause(10).then(done.resolve);
        return { uuid };
      },
    });
    const body = Buffer.from('{"version":"1.3","method":"do_continue","args":{"data":{}}}');
    const message = { body, replyTo: 'amq.rabbitmq.reply-to.x', correlationId: '1' };

    broker.deliver('ironic_inspector.conductor.here.example', message);
    await done.promise;
    uuid = 'bad';
    broker.deliver('ironic_inspector.conductor.here.example', message);
    await pause(20);

    assert.deepEqual(unanswered, [['do_continue', 'u']]);
    assert.match(log.at('warning')[0] ?? '', /^The answer to a call could not be sent: no broker/);
    assert.deepEqual(log.at('error'), ['The answer could not be kept either: the database is away']);
  });

  it('remembers the answer to a callback whose API has gone meanwhile', async () => {
    const { broker, unanswered, log, api } = served();
    const queue = 'ironic_inspector.conductor.here.example';
    const replyTo = 'amq.rabbitmq.reply-to.gone';
    const call = (method: string) =>
      Buffer.from(`{"version":"1.3","method":"${method}","args":{"data":{},"node_id":"a"}}`);

    await api.continue(document('{}'));
    broker.deliver(queue, { body: call('do_continue'), replyTo, correlationId: '1' });
    broker.deliver(queue, { body: call('do_abort'), replyTo, correlationId: '2' });
    await pause(10);

    assert.deepEqual(unanswered, [['do_continue', 'u']]);
    assert.deepEqual(log.at('warning'), [
      'The answer to a call could not be sent: the API that asked is gone',
    ]);
  });

  it('does nothing for probes, and drops what is no call', async () => {
    const { broker, asked, log } = served();
    const queue = 'ironic_inspector.conductor.here.example';
    const body = Buffer.from('{"version":"1.3","method":"do_abort","args":{"node_id":"a"}}');

    broker.deliver(queue, { body: Buffer.alloc(0), type: 'probe' });
    broker.deliver(queue, { body, correlationId: '1' });
    broker.deliver(queue, { body, correlationId: '1', replyTo: 'some.queue' });
    broker.deliver(queue, { body, replyTo: 'amq.rabbitmq.reply-to.x' });
    await pause(10);

    assert.deepEqual(asked, []);
    assert.deepEqual(log.at('warning'), Array(3).fill('A message that is no call was dropped'));
    assert.deepEqual(broker.published, []);
  });

  it('answers only the four methods, whatever else the conductor has', async () => {
    const { broker, log } = served({ constructor: () => assert.fail() } as never);
    const replyTo = 'amq.rabbitmq.reply-to.x';
    for (const method of ['init_host', 'del_host', 'constructor', 'start', '__proto__']) {
      const body = Buffer.from(JSON.stringify({ version: '1.3', method, args: {} }));
      broker.deliver('ironic_inspector.conductor.here.example', { body, replyTo, correlationId: method });
    }
    await pause(10);

    assert.equal(broker.published.length, 5);
    for (const { body } of broker.published) {
      assert.match(String(body), /"kind":"internal","status":500,.*there is no method|__proto__/);
    }
    assert.equal(log.at('error').length, 5);
  });

  it('has no name that queues cannot have', () => {
    const broker = fakeBroker();
    for (const host of ['', 'a b', 'a*', '#', 'ü', 'x'.repeat(300)]) {
      assert.throws(
        () => serveConductor({ ...({} as any), host, settings: { exchange }, connection: broker.connection }),
        { kind: 'invalid', message: /^\[DEFAULT\]host: expected a name/ },
      );
    }
  });
});
