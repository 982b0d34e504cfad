import assert from 'node:assert/strict';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { Sighting } from '../nodes/stage.ts';
import { BootSightings } from './boot-sightings.ts';
import { followBoots } from './follow-boots.ts';

const mac = '52:54:00:00:00:01';
const ack = (ip: string, of = mac) => `Nov 22 23:34:19 dnsmasq-dhcp[1]: DHCPACK(b) ${ip} ${of} n\n`;
const sent = (ip: string) => `Nov 22 23:34:19 dnsmasq-tftp[1]: sent /f to ${ip}\n`;

async function following(t: TestContext) {
  const path = join(temporaryFolder().path, 'dnsmasq.log');
  writeFileSync(path, '');
  const log = recordingLogger();
  const seen: Sighting[] = [];
  const timeline = { see: async (sightings: readonly Sighting[]) => void seen.push(...sightings) };
  const follower = followBoots({ path, timeline, clock: settableClock(), log });
  t.after(() => follower.close());
  await follower.look();
  return { path, log, seen, follower };
}

describe('following boots', () => {
  it('says whose file it was by the lease before, and what comes of one machine once', async (t) => {
    const { path, seen, follower } = await following(t);
    appendFileSync(path, `${sent('10.0.0.3')}${ack('10.0.0.2')}${sent('10.0.0.2')}${sent('10.0.0.2')}`);

    await follower.look();

    assert.deepEqual(
      seen.map(({ stage, times, mac: of, at }) => [stage, times, of, at]),
      [
        ['dhcp-lease-given', 1, mac, '2026-11-22T13:36:35.123000'],
        ['boot-file-fetched', 2, mac, '2026-11-22T13:36:35.123000'],
      ],
    );
    assert.deepEqual(seen[1]?.evidence, { file: '/f', ip: '10.0.0.2', mac });
  });

  it('tells of a log that cannot be read once, and when it can be again', async (t) => {
    const { path, log, follower } = await following(t);
    await follower.close();
    renameSync(path, `${path}.1`);

    await follower.look();
    await follower.look();
    renameSync(`${path}.1`, path);
    await follower.look();

    assert.equal(log.at('warning').length, 1);
    assert.match(log.at('warning')[0] ?? '', /^Boot evidence: cannot read the log of dnsmasq: ENOENT/);
    assert.equal(log.at('info').length, 1);
  });

  it('reads no further than so many pieces in one look', async (t) => {
    const { path, seen, follower } = await following(t);
    appendFileSync(path, ack('10.0.0.2').repeat(100_000));

    await follower.look();
    const first = seen.reduce((sum, { times }) => sum + times, 0);
    await follower.look();

    assert.ok(first < 100_000);
    assert.equal(
      seen.reduce((sum, { times }) => sum + times, 0),
      100_000,
    );
  });

  it('remembers the latest leases, and not all there ever were', () => {
    const sightings = new BootSightings(settableClock());
    const address = (index: number) => `10.0.${index >> 8}.${index & 255}`;
    const macOf = (index: number) =>
      `52:54:00:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`;
    sightings.in(Array.from({ length: 20_001 }, (_, index) => ack(address(index), macOf(index)).trimEnd()));

    const first = sightings.in([sent(address(0)).trimEnd()]);
    const last = sightings.in([sent(address(20_000)).trimEnd()]);

    assert.deepEqual([first.length, last[0]?.mac], [0, macOf(20_000)]);
  });
});
