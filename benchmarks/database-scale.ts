/**
 * Measures what the service does with its database at several numbers of nodes, side by side:
 *
 *     node benchmarks/database-scale.ts [--engine sqlite|postgresql|mysql]... [--rows 1000,10000,100000]
 *       [--rounds 300] [--postgresql URL] [--mysql URL] [--check]
 *
 * Without a URL, a private server is started. With `--check`, the exit code is 1 when anything at the largest number of
 * nodes takes more than 1.5 times as long as at the smallest.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type EngineName, engineDatabases, engineNames } from './engine-databases.ts';
import { type EngineResult, measureEngine } from './measure-engine.ts';
import { machineFacts, tableOf, tooSteep } from './scale-report.ts';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', multiple: true, default: [...engineNames] },
    rows: { type: 'string', default: '1000,10000,100000' },
    rounds: { type: 'string', default: '300' },
    postgresql: { type: 'string' },
    mysql: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

const sizes = values.rows.split(',').map(wholeNumber);
const rounds = { measured: wholeNumber(values.rounds), warmUp: 30 };
const before = machineFacts();
const results: EngineResult[] = [];
for (const engine of values.engine.map(engineNamed)) {
  const databases = await engineDatabases(engine, engine === 'sqlite' ? undefined : values[engine]);
  try {
    const result = await measureEngine(databases, { sizes, rounds, report: (line) => write(line) });
    results.push(result);
    write(`\n${tableOf(result)}\n`);
  } finally {
    await databases.close();
  }
}
const after = machineFacts();
write(`Load average ${before.loadAverage.join(', ')} before and ${after.loadAverage.join(', ')} after`);
write(`Written to ${save({ before, after, rounds, results })}`);
const steep = tooSteep(results);
for (const line of steep) write(line);
if (values.check && steep.length > 0) process.exitCode = 1;

function save(result: object): string {
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const path = `${folder}database-scale-${before.date.replaceAll(/[:.]/g, '-')}.json`;
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
  return path;
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`Expected a number of 1 or more, got '${text}'`);
}

function engineNamed(name: string): EngineName {
  const engine = engineNames.find((known) => known === name);
  if (engine !== undefined) return engine;
  throw new Error(`Expected an engine (${engineNames.join(', ')}), got '${name}'`);
}
