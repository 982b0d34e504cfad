import type { Answer, Packet, Question } from 'dns-packet';
import { sameName, sameRecord } from './compare-records.ts';
import type { ServiceRecord, ServiceRecords } from './service-records.ts';

/** What a query is told. */
export interface QueryAnswer {
  readonly answers: readonly ServiceRecord[];
  /** What who asks will want to know next. */
  readonly additionals: readonly ServiceRecord[];
}

/** dns-packet's names for IN and ANY, and for both with the wish to be answered directly (RFC 6762, 5.4). */
const classes = new Set(['IN', 'ANY', 'UNKNOWN_32769', 'UNKNOWN_33023']);

/** The answer to a query, without what it says it knows; undefined when nothing is left to say. */
export function answerQuery(records: ServiceRecords, query: Packet): QueryAnswer | undefined {
  const all = [...records.announced, records.kinds];
  const known = query.answers ?? [];
  const asked = all.filter((record) => query.questions?.some((question) => asksFor(question, record)));
  const answers = asked.filter((record) => !known.some((answer) => isKnown(record, answer)));
  if (answers.length === 0) return undefined;
  const additionals = records.announced.filter(
    (record) => !answers.includes(record) && answers.some((answer) => leadsTo(answer, record)),
  );
  return { answers, additionals };
}

function asksFor({ name, type, class: asked = 'IN' }: Question, record: ServiceRecord): boolean {
  // The types of dns-packet have no ANY.
  const kind: string = type;
  return classes.has(asked) && sameName(name, record.name) && (kind === 'ANY' || kind === record.type);
}

/** What is half forgotten is told again (RFC 6762, 7.1). */
function isKnown(record: ServiceRecord, answer: Answer): boolean {
  const ttl = 'ttl' in answer ? (answer.ttl ?? 0) : 0;
  return ttl >= record.ttl / 2 && sameRecord(record, answer);
}

/** RFC 6763, 12: from a kind of service to its instance, from there to the host, and to its addresses. */
function leadsTo(answer: ServiceRecord, record: ServiceRecord): boolean {
  const isAddress = record.type === 'A' || record.type === 'AAAA';
  if (answer.type === 'SRV' || answer.type === 'A' || answer.type === 'AAAA') return isAddress;
  return (
    answer.type === 'PTR' && record.type !== 'PTR' && !sameName(answer.name, '_services._dns-sd._udp.local')
  );
}
