/**
 * Writers on an SQLite database in a process of their own, for tests that kill it: `node testing/storing-process.ts
 * CONNECTION WRITERS BYTES`. It makes the table `notes`, has each writer add one note after the other, and writes a line
 * for each that it was told is stored, `stored ID`, or is not, `failed KIND`. It ends after a hundred failures.
 */
import { writeSync } from 'node:fs';
import { sql } from 'kysely';
import { InspectorError } from '../src/errors/inspector-error.ts';
import { openTestDatabase } from './test-database.ts';

const [connection = '', writers = '', bytes = ''] = process.argv.slice(2);
const database = await openTestDatabase(connection, { sqlite_synchronous: true });
await sql`CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT)`.execute(database.query);

let failures = 0;
const text = 'x'.repeat(Number(bytes));

async function write(writer: number): Promise<void> {
  for (let number = 0; failures < 100; number++) {
    const id = `${writer}-${number}`;
    try {
      await database.transaction((transaction) =>
        sql`INSERT INTO notes VALUES (${id}, ${text})`.execute(transaction),
      );
      writeSync(1, `stored ${id}\n`);
    } catch (error) {
      failures += 1;
      writeSync(1, `failed ${error instanceof InspectorError ? error.kind : String(error)}\n`);
    }
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
process.exit(0);
