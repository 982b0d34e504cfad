import type { Database } from '../src/database/database.ts';
import { databaseOperations } from '../testing/database-operations.ts';
import { type FilledNode, fillDatabase } from '../testing/filled-database.ts';
import { testDatabase } from '../testing/test-database.ts';
import { type EngineDatabases, versionOf } from './engine-databases.ts';
import { type Measured, measure, type Rounds, type Subject } from './measurement.ts';

/** Nodes under introspection at every size; half of the nodes where there are fewer than twice as many. */
const active = 500;

/** Characters of a stored document. */
const documentLength = 1000;

/** What has been measured on one engine. */
export interface EngineResult {
  /** With its version. */
  readonly engine: string;
  readonly measured: readonly Measured[];
}

/** Fills a database for each size, measures all operations on all of them side by side, and closes them. */
export async function measureEngine(
  databases: EngineDatabases,
  { sizes, rounds, report }: { sizes: readonly number[]; rounds: Rounds; report: (line: string) => void },
): Promise<EngineResult> {
  const opened: Database[] = [];
  const subjects: Subject[] = [];
  try {
    for (const size of sizes) {
      const begun = performance.now();
      const database = await testDatabase(await databases.create());
      opened.push(database);
      const filling = { nodes: size, active: Math.min(active, size / 2), documentLength };
      subjects.push(subjectOf(database, await fillDatabase(database, filling)));
      report(
        `${database.dialect.name}: ${size} nodes in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
      );
    }
    const [first] = opened;
    const engine = first === undefined ? '' : await versionOf(first);
    return { engine, measured: await measure(subjects, rounds) };
  } finally {
    for (const database of opened) await database.close();
  }
}

function subjectOf(database: Database, nodes: readonly FilledNode[]): Subject {
  const running = nodes.filter((node) => node.active);
  const ended = nodes.filter((node) => !node.active);
  return {
    size: nodes.length,
    operations: databaseOperations(database).map((operation) => ({
      name: operation.name,
      run: (round) => operation.run(scattered(running, round), scattered(ended, round)),
    })),
  };
}

/** Another item each time, far from the one before: steps of the golden ratio. */
function scattered(nodes: readonly FilledNode[], round: number): FilledNode {
  const node = nodes[Math.floor(((round * 0.618_033_988_75) % 1) * nodes.length)];
  if (node === undefined) throw new Error('Expected nodes of both kinds');
  return node;
}
