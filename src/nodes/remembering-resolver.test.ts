import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settableClock } from '../../testing/settable-clock.ts';
import type { ResolveHost } from './bmc-address.ts';
import { type ResolverSettings, rememberingResolver } from './remembering-resolver.ts';

const answer = [{ address: '192.0.2.1', family: 4 }];

function remembering(resolve: ResolveHost, settings: Partial<ResolverSettings> = {}) {
  const clock = settableClock();
  const asked: string[] = [];
  const counting: ResolveHost = (host) => {
    asked.push(host);
    return resolve(host);
  };
  return { clock, asked, resolver: rememberingResolver(counting, { clock, ...settings }) };
}

describe('rememberingResolver', () => {
  it('asks once a minute', async () => {
    const { clock, asked, resolver } = remembering(async () => answer);

    await resolver('a');
    clock.advance(59_999);
    const remembered = await resolver('a');
    clock.advance(1);
    await resolver('a');

    assert.deepEqual(remembered, answer);
    assert.deepEqual(asked, ['a', 'a']);
  });

  it('remembers failures, too', async () => {
    const { clock, asked, resolver } = remembering(() => Promise.reject(new Error('ENOTFOUND')));

    await assert.rejects(resolver('a'), /ENOTFOUND/);
    await assert.rejects(resolver('a'), /ENOTFOUND/);
    clock.advance(60_000);
    await assert.rejects(resolver('a'), /ENOTFOUND/);

    assert.deepEqual(asked, ['a', 'a']);
  });

  it('asks once for who comes at the same time, however long it takes', async () => {
    const gate = Promise.withResolvers<typeof answer>();
    const { clock, asked, resolver } = remembering(() => gate.promise);

    const first = resolver('a');
    clock.advance(100_000);
    const second = resolver('a');
    gate.resolve(answer);

    assert.deepEqual([await first, await second], [answer, answer]);
    assert.deepEqual(asked, ['a']);
  });

  it('does not wait for ever', async () => {
    const { resolver } = remembering(() => new Promise(() => {}), { timeout: 20 });

    await assert.rejects(resolver('a'), /^Error: Expected an answer for a within 0\.02 s, got none$/);
  });

  it('does not mind a failure after the time-out', async () => {
    const late = Promise.withResolvers<typeof answer>();
    const { resolver } = remembering(() => late.promise, { timeout: 5 });

    await assert.rejects(resolver('a'), /within/);
    late.reject(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('forgets the oldest of too many names', async () => {
    const { asked, resolver } = remembering(async () => answer, { entries: 2 });

    for (const host of ['a', 'b', 'c', 'b', 'c', 'a']) await resolver(host);

    assert.deepEqual(asked, ['a', 'b', 'c', 'a']);
  });
});
