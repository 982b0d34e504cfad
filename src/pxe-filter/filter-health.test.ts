import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { Access } from './access.ts';
import { FilterHealth } from './filter-health.ts';

const access: Access = { mode: 'deny-list', allowed: new Set(['a']), denied: new Set(['b', 'c']) };

function healthy() {
  const clock = settableClock();
  const log = recordingLogger();
  const health = new FilterHealth('fake', { clock, log });
  return { clock, log, health };
}

describe('the health of a PXE filter', () => {
  it('is starting until something is in force', () => {
    const { health } = healthy();
    health.worked('ports');
    const before = health.now;

    health.applied(access, 0.25);
    health.worked('access');

    assert.equal(before.state, 'starting');
    assert.deepEqual(health.now, {
      driver: 'fake',
      state: 'ok',
      since: '2026-11-22T13:36:35.123000',
      error: null,
      mode: 'deny-list',
      allowed: 1,
      denied: 2,
      lastSuccess: '2026-11-22T13:36:35.123000',
      applies: 1,
      failures: 0,
      lastDuration: 0.25,
      verdicts: null,
    });
  });

  it('is degraded while anything fails, with the reasons', () => {
    const { health, clock } = healthy();
    health.applied(access, 1);
    health.worked('access');

    clock.advance(1000);
    health.failed('access', 'no nft');
    clock.advance(1000);
    health.failed('ports', 'no Ironic');
    const both = health.now;
    health.worked('access');
    const one = health.now;
    health.worked('ports');

    assert.deepEqual([both.state, both.error, both.failures], ['degraded', 'no nft; no Ironic', 1]);
    assert.equal(both.since, '2026-11-22T13:36:36.123000');
    assert.deepEqual([one.state, one.error], ['degraded', 'no Ironic']);
    assert.deepEqual([health.now.state, health.now.error], ['ok', null]);
    assert.deepEqual([health.fails('ports'), health.fails('access')], [false, false]);
  });

  it('is told in the log when it changes, and a failure once until it is another one', () => {
    const { health, log, clock } = healthy();
    health.applied(access, 1);
    health.worked('access');
    health.applied(access, 1);
    health.failed('access', 'no nft');
    health.failed('access', 'no nft');
    health.failed('access', 'no table');
    clock.advance(12_300);
    health.worked('access');
    health.worked('access');

    assert.deepEqual(log.lines, [
      'info: PXE filter fake: deny-list; allowed 1, denied 2 MAC addresses',
      'error: PXE filter fake: no nft. It is tried again by itself',
      'debug: PXE filter fake: no nft. It is tried again by itself',
      'error: PXE filter fake: no table. It is tried again by itself',
      'info: PXE filter fake: works again, after 12.3 s',
    ]);
  });

  it('is ready without anything in force where the driver lets everybody be, and stopped at the end', () => {
    const { health } = healthy();

    health.ready();
    const ready = health.now;
    health.failed('access', 'no nft');
    health.stopped();

    assert.deepEqual([ready.state, ready.mode], ['ok', null]);
    assert.deepEqual([health.now.state, health.now.error], ['stopped', null]);
  });
});
