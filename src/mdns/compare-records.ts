import { type Answer, encode } from 'dns-packet';

/** Octets before a record's data in a packet that has nothing but the record, under the shortest name. */
const beforeData = 12 + 1 + 10;

/** The data of a record as it is sent, with no name in it shortened. */
function recordData(record: Answer): Buffer {
  return encode({ answers: [{ ...record, name: '.' }] }).subarray(beforeData);
}

/** Names are the same in upper and lower case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether two records say the same; for how long they say it does not count. */
export function sameRecord(one: Answer, other: Answer): boolean {
  return sameSet(one, other) && recordData(one).equals(recordData(other));
}

function sameSet(one: Answer, other: Answer): boolean {
  return one.type === other.type && sameName(one.name, other.name);
}

/**
 * Whether somebody else's answer contradicts `own`, the records under a name that is to be ours alone: a record of
 * that name and type that says something else. Who says the same as we do is a fellow, not a rival (RFC 6762, 9).
 */
export function contradicts(answers: readonly Answer[], own: readonly Answer[]): boolean {
  return answers.some((answer) => {
    const ours = own.filter((record) => sameSet(record, answer));
    return !isGoodbye(answer) && ours.length > 0 && !ours.some((record) => sameRecord(record, answer));
  });
}

/** Whether the sender takes the record back. */
export function isGoodbye(answer: Answer): boolean {
  return 'ttl' in answer && answer.ttl === 0;
}

/** Numbers of the types that are compared, as in packets. */
const typeNumbers: Readonly<Record<string, number>> = { A: 1, TXT: 16, AAAA: 28, SRV: 33 };

/**
 * Who has a name for which two hosts probe at the same moment: the one whose records come later when both sort
 * theirs by type and data (RFC 6762, 8.2.1). Negative: it is theirs; 0: both say the same.
 */
export function compareProbes(ours: readonly Answer[], theirs: readonly Answer[]): number {
  const left = ours.map(comparable).sort((one, other) => one.compare(other));
  const right = theirs.map(comparable).sort((one, other) => one.compare(other));
  for (const [index, record] of left.entries()) {
    const order = Buffer.compare(record, right[index] ?? Buffer.alloc(0));
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** All are of the class IN. */
function comparable(record: Answer): Buffer {
  const type = Buffer.alloc(2);
  type.writeUInt16BE(typeNumbers[record.type] ?? 0);
  return Buffer.concat([type, recordData(record)]);
}
