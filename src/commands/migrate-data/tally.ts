import type { Outcome } from './migrate-record.ts';
import { type DataRecord, recordName } from './record.ts';

/** What became of the records so far. */
export interface Tally {
  readonly copied: number;
  readonly present: number;
  readonly empty: number;
  readonly failed: readonly DataRecord[];
}

/** Counts outcomes. */
export class Counter implements Tally {
  copied = 0;
  present = 0;
  empty = 0;
  readonly failed: DataRecord[] = [];

  count(record: DataRecord, outcome: Outcome): void {
    if (outcome.kind === 'copied') this.copied += 1;
    else if (outcome.kind === 'present') this.present += 1;
    else if (outcome.kind === 'no content') this.empty += 1;
    else this.failed.push(record);
  }
}

/** Records that something has become of. */
export function doneOf({ copied, present, empty, failed }: Tally): number {
  return copied + present + empty + failed.length;
}

/** The original's summary, with the newline at its end. */
export function summary(tally: Tally): string {
  const total = doneOf(tally);
  const first = `Finished introspection data migration, total records: ${total}. `;
  if (tally.failed.length > 0) return `${first}Failed to migrate:\n${inOrder(tally.failed).join('\n')}\n`;
  return `${first}${total > 0 ? 'all records are migrated successfully.' : ''}\n`;
}

/** Some are at work at once, and end as they like. */
function inOrder(records: readonly DataRecord[]): string[] {
  const keyOf = ({ uuid, kind }: DataRecord) => `${uuid} ${kind}`;
  return records.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map(recordName);
}

/** What the summary does not tell, in a line. */
export function details({ copied, present, empty, failed }: Tally): string {
  return (
    `${copied} copied, ${present} already at the target, ${empty} without content, ` +
    `${failed.length} failed\n`
  );
}
