// Shows these lines of docs/compatibility.md: split-broker-unavailable.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeBroker } from '../../../testing/fake-broker.ts';
import { pause } from '../../../testing/pause.ts';
import { CallLost, CallUndelivered } from './call-failures.ts';
import { packBody } from './packed-body.ts';
import { RabbitCalls } from './rabbit-calls.ts';

const exchange = { name: 'openstack', durable: true, autoDelete: false };

/** Calls over a broker with a queue on `here`, whose answers are what `answer` makes of the message. */
function calls(answer?: (text: string) => string, probeEvery?: number) {
  const broker = fakeBroker();
  const queueBindings = ['ironic_inspector.conductor.here', 'ironic_inspector.alive.here'].map(
    (routingKey) => ({ routingKey, exchange: '', queue: '' }),
  );
  const take = async ({ replyTo, correlationId, body, type }: any) => {
    if (answer === undefined || type === 'probe') return;
    await broker.connection
      .createPublisher()
      .send({ routingKey: replyTo, correlationId }, Buffer.from(answer(String(body))));
  };
  if (answer !== undefined) broker.connection.createConsumer({ queue: '', queueBindings }, take as never);
  return { broker, calls: new RabbitCalls(broker.connection, exchange, probeEvery) };
}

const call = (text: string, patience = 5) => ({ host: 'here', message: packBody(text), patience });

describe('RabbitCalls', () => {
  it('gives each call its own answer', async () => {
    const on = calls((text) => `${text}!`);

    const answers = await Promise.all(['a', 'b', 'c'].map((text) => on.calls.call(call(text))));
    await on.calls.close();

    assert.deepEqual(answers.map(String), ['a!', 'b!', 'c!']);
    assert.deepEqual(on.broker.declared.slice(1), [
      { exchange: 'openstack', type: 'topic', durable: true, autoDelete: false },
    ]);
    const { expiration, mandatory } = on.broker.published[0] ?? {};
    assert.deepEqual([expiration, mandatory], ['5000', true]);
  });

  it('says that nothing was done where there is no queue', async () => {
    await assert.rejects(calls().calls.call(call('x')), (error) => error instanceof CallUndelivered);
  });

  it('gives up when the time is over', async () => {
    const silent = calls(() => '', 1);
    silent.broker.connection.queueUnbind({ exchange: '', queue: '', routingKey: '' });
    const { broker } = silent;
    broker.connection.createConsumer(
      { queue: '', queueBindings: [{ exchange: '', routingKey: 'ironic_inspector.conductor.here' }] },
      async () => {},
    );

    await assert.rejects(
      silent.calls.call(call('x', 0.02)),
      (error: Error) => error instanceof CallLost && /no answer within 0\.02 s/.test(error.message),
    );
  });

  it('notices that the conductor goes away while it is at work', async () => {
    const on = calls(() => '', 0.01);
    on.broker.connection.createConsumer(
      { queue: '', queueBindings: [{ exchange: '', routingKey: 'ironic_inspector.conductor.here' }] },
      async () => {},
    );
    const pending = on.calls.call(call('x'));
    await pause(30);
    await on.broker.connection.queueUnbind({
      exchange: '',
      queue: '',
      routingKey: 'ironic_inspector.alive.here',
    });

    await assert.rejects(
      pending,
      (error: Error) => error instanceof CallLost && /went away/.test(error.message),
    );
    assert.ok(on.broker.published.some(({ type }) => type === 'probe'));
  });

  for (const [reason, message] of [
    [undefined, /connection to the message broker was lost/],
    [new Error('PRECONDITION_FAILED'), /PRECONDITION_FAILED/],
  ] as const) {
    it(`fails what waits when the channel ends (${reason?.message ?? 'no reason'}), and opens another`, async () => {
      const on = calls((text) => text);
      on.broker.connection.createConsumer(
        { queue: '', queueBindings: [{ exchange: '', routingKey: 'ironic_inspector.conductor.there' }] },
        async () => {},
      );
      const pending = on.calls.call({ ...call('x'), host: 'there' });
      await pause(5);

      on.broker.drop(reason);

      await assert.rejects(
        pending,
        (error: Error) => error instanceof CallLost && message.test(error.message),
      );
      assert.equal(String(await on.calls.call(call('again'))), 'again');
    });
  }

  it('is unavailable without a broker, and while the broker takes no messages', async () => {
    const on = calls((text) => text);
    const unavailable = { kind: 'unavailable', message: /^The message broker cannot be used for now/ };

    on.broker.failure = new Error('no connection');
    await assert.rejects(on.calls.call(call('x')), unavailable);
    await on.calls.close();
    on.broker.failure = undefined;
    assert.equal(String(await on.calls.call(call('y'))), 'y');
    on.broker.ready = false;
    await assert.rejects(on.calls.call(call('z')), unavailable);
  });

  it('fails when the message cannot be sent', async () => {
    const on = calls((text) => text);
    await on.calls.call(call('x'));

    on.broker.failure = new Error('channel is closed');

    await assert.rejects(on.calls.call(call('y')), (error) => error instanceof CallLost);
  });
});
