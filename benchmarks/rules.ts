/**
 * Measures what rules cost: a hundred of them on one document.
 *
 *     node benchmarks/rules.ts [--rules 1,10,100] [--rounds 300] [--check]
 *
 * With `--check`, the exit code is 1 when a median with everything compiled is above 10 ms.
 */
import { parseArgs } from 'node:util';
import type { JsonObject } from '../src/json/json-value.ts';
import { RuleEngine } from '../src/rules/rule-engine.ts';
import { nodeDraft } from '../testing/node-draft-builder.ts';
import { disk, ramdiskData } from '../testing/ramdisk-data-builder.ts';
import { ruleOf, subjectOf } from '../testing/rule-case.ts';
import { measure, type Subject } from './measurement.ts';

/** Milliseconds. */
const limit = 10;

const { values } = parseArgs({
  options: {
    rules: { type: 'string', default: '1,10,100' },
    rounds: { type: 'string', default: '300' },
    check: { type: 'boolean', default: false },
  },
});

const disks = Array.from({ length: 24 }, (_, index) => disk({ name: `/dev/sd${index}`, size: 4e12 + index }));
const document = ramdiskData();
const inventory = document.inventory as JsonObject;
const text = JSON.stringify({ ...document, memory_mb: 262_144, inventory: { ...inventory, disks } });

const subjects = values.rules.split(',').map((count) => subjectFor(Number(count)));
const measured = await measure(subjects, { measured: Number(values.rounds), warmUp: 20 });
for (const { name, durations } of measured) {
  for (const { size, min, median, p95 } of durations) {
    const cells = [min, median, p95].map((duration) => duration.toFixed(2)).join(' / ');
    process.stdout.write(`${name}, ${size} rules: ${cells} ms (minimum / median / 95th percentile)\n`);
  }
}
const slow = measured[0]?.durations.some(({ median }) => median > limit) ?? false;
if (values.check && slow) process.exitCode = 1;

/** One engine for all rounds, as in the service; and one for each, with everything still to be compiled. */
function subjectFor(size: number): Subject {
  const rules = Array.from({ length: size }, (_, index) => ruleOf(body(index), index));
  const engine = new RuleEngine();
  const evaluate = async (on: RuleEngine) => {
    const { failure } = on.evaluate(rules, subjectOf(text, nodeDraft({ extra: {} })));
    if (failure !== undefined) throw failure;
  };
  return {
    size,
    operations: [
      { name: 'parsing the document and evaluating', run: () => evaluate(engine) },
      { name: 'the same with nothing compiled', run: () => evaluate(new RuleEngine()) },
    ],
  };
}

/** Each rule asks for another thing, in a mix of operators. Half of them match. */
function body(index: number): JsonObject {
  const conditions = [
    { op: 'gt', field: 'memory_mb', value: index % 2 === 0 ? index : 1e9 },
    { op: 'contains', field: 'inventory.disks[*].name', value: `sd(?:${index % 24}|x+)+$` },
    { op: 'matches', field: 'inventory.interfaces[*].name', value: `[a-z]+\\d?.*|${index}` },
    { op: 'in-net', field: 'inventory.bmc_address', value: '192.0.2.0/8', invert: index % 3 === 0 },
    { op: 'is-empty', field: `node://extra.rule${index}` },
  ];
  const value = '{data[memory_mb]:>8} {data[inventory][disks][0][name]}';
  return { conditions, actions: [{ action: 'set-attribute', path: `/extra/rule${index}`, value }] };
}
