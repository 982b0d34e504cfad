import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { skipWithout } from '../../testing/debian-packages.ts';
import { withoutNamespaces } from '../../testing/network-namespace.ts';
import { filterNames } from '../../testing/pxe-race/race-filter.ts';

const program = fileURLToPath(new URL('../../testing/pxe-race.ts', import.meta.url));

/** The long run has 10,000; docs/pxe-filters.md has its numbers. */
const schedules = 16;

const packages = ['nftables', 'iptables', 'dnsmasq-base', 'iproute2', 'python3', 'util-linux'];
const skip = skipWithout(packages) || withoutNamespaces();

describe('two DHCP servers on one network, whatever happens', { skip, concurrency: 2 }, () => {
  for (const name of filterNames) {
    it(`the right one answers each machine, and the wrong one never does: ${name}`, async () => {
      const words = ['--driver', name, '--schedules', String(schedules), '--seed', '10'];

      // It ends with code 1 after a wrong answer, and says which one.
      const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], {
        timeout: 500_000,
        maxBuffer: 64 * 1024 * 1024,
      });

      const { failed, right, watched, atPowerOn, schedules: done } = JSON.parse(stdout);
      assert.deepEqual({ failed, done }, { failed: [], done: schedules });
      for (const state of ['unknown', 'known idle', 'under inspection', 'finished', 'aborted', 'removed']) {
        assert.ok(right[state] > 10, `${state}: ${right[state]} right answers`);
      }
      assert.ok(watched > 100, `${watched} rounds meanwhile`);
      assert.ok(atPowerOn > 10, `${atPowerOn} questions at power-on`);
    });
  }
});
