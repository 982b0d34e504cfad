import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type FuzzOutcome, fuzzService } from './fuzz-service.ts';
import { serviceProcess } from './service-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * What the garbage collector may leave lying about at one time and not at another. A heap that nothing keeps from
 * growing has its size after half a million requests: 257 MiB at 50,000, 314 at 100,000, 356 at 500,000 and at a million.
 */
const memoryTolerance = 96 * 1024 * 1024;

/** Milliseconds of processor time; what else is asked at the same time counts, too. */
const patience = 3000;

/**
 * Starts a service in a process of its own, sends it this many made-up requests, and asserts that it has
 * answered them all, without a fault of its own, without a pause and without keeping memory.
 *
 * `FUZZ_SEED` in the environment repeats a run; the seed is told in any case.
 */
export async function assertServiceSurvives(t: TestContext, requests: number): Promise<FuzzOutcome> {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
  t.diagnostic(`FUZZ_SEED=${seed}`);
  const service = await serviceProcess(
    temporaryFolder().path,
    '[healthcheck]\nenabled = true\n[cors]\nallowed_origin = http://dash.example\n',
  );
  t.after(() => service.end('SIGKILL'));
  const outcome = await fuzzService({ seed, requests, port: service.port, pid: service.pid });

  const { statuses, memory, longestWait, sent } = outcome;
  const counts = [...statuses].toSorted(([a], [b]) => a - b).map((pair) => pair.join(': '));
  const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
  t.diagnostic(`sent ${sent}; answers ${counts.join(', ')}; longest wait ${longestWait} ms of the processor`);
  t.diagnostic(`memory ${mebibytes(memory.early)}, then ${mebibytes(memory.late)}`);
  assert.deepEqual(outcome.faults, [], `FUZZ_SEED=${seed}`);
  assert.ok(longestWait < patience, `waited ${longestWait} ms, FUZZ_SEED=${seed}`);
  const bugs = service.log().match(/^.*(?: CRITICAL | failed unexpectedly: ).*$/gm) ?? [];
  assert.deepEqual(bugs.slice(0, 10), [], `FUZZ_SEED=${seed}`);
  const { code } = await service.end('SIGTERM');
  assert.equal(code, 0, 'the service stops in order');
  return outcome;
}

/** Asserts that the memory at the end is that of the beginning, but for what the collector has not got to. */
export function assertMemoryIsSteady({ memory }: FuzzOutcome): void {
  assert.ok(
    memory.late <= memory.early + memoryTolerance,
    `expected at most ${memoryTolerance} bytes above ${memory.early}, got ${memory.late}`,
  );
}
