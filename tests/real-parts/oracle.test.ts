import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { skipWithout } from '../../testing/debian-packages.ts';
import {
  copiedOracle,
  type OracleLab,
  oracleCases,
  oracleDifferences,
  oraclePorts,
  skipWithoutOracle,
  startOracleLab,
} from '../../testing/oracle-lab.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithoutOracle() || skipWithout(['ironic-api', 'ironic-conductor', 'python3-bcrypt', 'curl']);

/** Ironic takes most of the time, and one does one thing at a time. */
const labs = 3;

/** Equal or not by the order of UUIDs, which are new in each run. */
const byChance = new Set(['continue-lookup-conflict']);

/** The rows "case | ids" of docs/compatibility.md, "Recorded cases that differ". */
function namedCases(): Set<string> {
  const text = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');
  const [, section = ''] = text.split('## Recorded cases that differ');
  return new Set([...section.matchAll(/^\| `([a-z0-9_-]+)` \|/gim)].map(([, name = '']) => name));
}

/** So many parts of the configuration that most cases are of, for all labs to be busy until the end. */
const shards = 9;

/** Each lab takes the next part, or the next configuration, until there is none. */
async function recordAll(started: readonly OracleLab[], variants: ReadonlySet<string>): Promise<string> {
  const parts = Array.from({ length: shards }, (_, shard) => ({
    variant: 'main',
    shard: `${shard}/${shards}`,
  }));
  const others = [...variants]
    .filter((name) => name !== 'main')
    .map((name) => ({ variant: name, shard: '0/1' }));
  const left = [...parts, ...others];
  const texts: string[] = [];
  await Promise.all(
    started.map(async (lab) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        texts.push(`${next.variant} ${next.shard}: ${await lab.record(next.variant, next.shard)}`);
      }
    }),
  );
  return texts.join('');
}

describe('with a real Ironic, the recorded cases', { skip }, () => {
  it('have the answers of one of the last two versions of the original, or are named in docs/compatibility.md', async (t) => {
    const { path: folder } = temporaryFolder();
    const oracle = copiedOracle(folder);
    const recorded = join(folder, 'recorded');
    const started: OracleLab[] = [];
    t.after(() => Promise.all(started.map((lab) => lab.stop())));
    for (const [place, ports] of (await oraclePorts(labs)).entries()) {
      started.push(await startOracleLab(oracle, join(folder, `lab-${place}`), recorded, ports));
    }

    const cases = await oracleCases(oracle);
    const variants = new Set(cases.values());
    t.diagnostic(await recordAll(started, variants));
    const last = await oracleDifferences(oracle, 'golden-head', recorded);
    const before = await oracleDifferences(oracle, 'golden', recorded);

    const named = namedCases();
    const differing = [...last.keys()].filter((name) => before.has(name) && cases.has(name));
    const unnamed = differing.filter((name) => !named.has(name));
    t.diagnostic(`${differing.length} cases differ`);
    assert.deepEqual(unnamed, [], unnamed.map((name) => last.get(name)).join('\n'));
    assert.deepEqual(
      [...named].filter((name) => !differing.includes(name) && !byChance.has(name)),
      [],
      'named as different, but equal',
    );
  });
});
