import { DatabaseSync } from 'node:sqlite';
import { bmcAddressOf, bootMacOf, machineUuid } from './payload.ts';

/** The machines that nodes of a filled database are; those that are introspected count from 1. */
const firstMachine = 3_000_000;

/** Nodes that wait for their ramdisk, at most; all others have finished. */
const mostWaiting = 500;

/** The UUIDs of the nodes in a database that is filled with so many; smaller ones have the first of them. */
export function filledUuids(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, number) => machineUuid(firstMachine + number));
}

/**
 * Puts nodes into a database that either service has made: a tenth of them, and 500 at most, wait with two attributes
 * each; the others have finished, and have processed data of a kilobyte.
 */
export function fillFile(path: string, nodes: number, now: Date): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const node = database.prepare(
    `INSERT INTO nodes (uuid, version_id, state, started_at, finished_at, error, manage_boot)
     VALUES (?, ?, ?, ?, ?, NULL, 1)`,
  );
  const attribute = database.prepare(
    'INSERT INTO attributes (uuid, node_uuid, name, value) VALUES (?, ?, ?, ?)',
  );
  const data = database.prepare('INSERT INTO introspection_data (uuid, processed, data) VALUES (?, 1, ?)');
  const waiting = Math.min(mostWaiting, Math.floor(nodes / 10));
  const document = JSON.stringify({ inventory: { hostname: 'ramdisk.example', note: 'x'.repeat(950) } });
  for (const [number, uuid] of filledUuids(nodes).entries()) {
    const isWaiting = number < waiting;
    // A second apart, as lists are in the order of starts.
    const started = new Date(now.getTime() - (isWaiting ? 0 : 86_400_000 + number * 1000));
    const finished = new Date(started.getTime() + 300_000);
    const state = isWaiting ? 'waiting' : 'finished';
    node.run(uuid, uuid, state, timeText(started), isWaiting ? null : timeText(finished));
    if (!isWaiting) {
      data.run(uuid, document);
      continue;
    }
    const machine = firstMachine + number;
    attribute.run(machineUuid(machine + 1_000_000), uuid, 'mac', bootMacOf(machine));
    attribute.run(machineUuid(machine + 2_000_000), uuid, 'bmc_address', bmcAddressOf(machine));
  }
  database.exec('COMMIT');
  database.close();
}

/** As both services write it. */
function timeText(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '000');
}
