import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from 'dns-packet';
import { compareProbes, contradicts, isGoodbye, sameRecord } from './compare-records.ts';

const server = (port: number, target = 'h.local'): Answer => ({
  name: 'x.local',
  type: 'SRV',
  ttl: 120,
  data: { priority: 0, weight: 0, port, target },
});
const address = (data: string): Answer => ({ name: 'x.local', type: 'A', ttl: 120, data });

describe('records', () => {
  it('are the same whatever their lifetime and the case of their name', () => {
    assert.ok(sameRecord(server(1), { ...server(1), ttl: 5, name: 'X.Local' } as Answer));
    assert.ok(!sameRecord(server(1), server(2)));
    assert.ok(!sameRecord(server(1), address('192.0.2.1')));
  });

  it('contradict each other when none of ours of that name and type says the same', () => {
    const own = [server(1), address('192.0.2.1'), address('192.0.2.2')];

    assert.ok(contradicts([server(2)], own));
    assert.ok(contradicts([address('192.0.2.2'), address('192.0.2.3')], own));
    assert.ok(!contradicts([server(1), address('192.0.2.2')], own));
    assert.ok(!contradicts([{ ...server(2), name: 'y.local' }], own));
    assert.ok(!contradicts([{ name: 'x.local', type: 'AAAA', data: 'fd00::1' }], own));
  });

  it('that are taken back contradict nothing', () => {
    const gone = { ...server(2), ttl: 0 } as Answer;

    assert.ok(isGoodbye(gone));
    assert.ok(!contradicts([gone], [server(1)]));
  });
});

describe('two hosts that want a name at once', () => {
  it('see alike whose it is, in whatever order the records stand', () => {
    const [lower, higher] = [
      [address('169.254.99.200'), server(1)],
      [server(1), address('169.254.200.50')],
    ];

    // The example of RFC 6762, 8.2: 200.50 is later than 99.200.
    assert.ok(compareProbes(lower, higher) < 0);
    assert.ok(compareProbes(higher, lower) > 0);
    assert.equal(compareProbes(higher, higher.toReversed()), 0);
  });

  it('give it to the one with more records, and to the higher type', () => {
    assert.ok(compareProbes([server(1)], [server(1), server(2)]) < 0);
    assert.ok(compareProbes([server(1), server(2)], [server(1)]) > 0);
    assert.ok(compareProbes([address('192.0.2.9')], [server(1)]) < 0);
    assert.ok(
      compareProbes([{ name: 'x.local', type: 'HINFO', data: { cpu: 'a', os: 'b' } }], [server(1)]) < 0,
    );
  });
});
