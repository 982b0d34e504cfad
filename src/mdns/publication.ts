import { AUTHORITATIVE_ANSWER, type DecodedPacket } from 'dns-packet';
import { messageOf } from '../errors/inspector-error.ts';
import { instanceName } from './announced-service.ts';
import { answerQuery, type QueryAnswer } from './answer-query.ts';
import { type Claim, claimName, ownRecords } from './claim-name.ts';
import { contradicts, isGoodbye, sameRecord } from './compare-records.ts';
import type { Sender } from './multicast-links.ts';
import type { ServiceRecord, ServiceRecords } from './service-records.ts';

/** A service that is announced. */
export interface Publication {
  /** Takes back what was announced and closes the sockets. */
  withdraw(): Promise<void>;
}

/** What a publication takes; the sockets are its own from then on. */
export interface PublicationParts extends Omit<Claim, 'records'> {
  readonly records: ServiceRecords;
}

/** Seconds that who asks by plain DNS may keep an answer (RFC 6762, 6.7). */
const legacyLifetime = 10;

/**
 * Has the name, announces the service and answers who asks for it, until it is withdrawn.
 *
 * @throws InspectorError `conflict` when another host has the name; the sockets are closed then.
 */
export async function publish(parts: PublicationParts): Promise<Publication> {
  const published = new PublishedService(parts);
  await published.begin();
  return published;
}

class PublishedService implements Publication {
  readonly #parts: PublicationParts;
  readonly #records: readonly ServiceRecord[];
  /** When each record was sent to all. */
  readonly #told = new Map<ServiceRecord, number>();
  #isAnnounced = false;
  #isWithdrawn = false;

  constructor(parts: PublicationParts) {
    this.#parts = parts;
    this.#records = parts.records.announced;
  }

  async begin(): Promise<void> {
    const { links, log } = this.#parts;
    try {
      await this.#claim();
    } catch (error) {
      await links.close();
      throw error;
    }
    links.listen((packet, from) => {
      try {
        this.#receive(packet, from);
      } catch (error) {
        log.debug(`mDNS: a packet from ${from.address} was passed over: ${messageOf(error)}`);
      }
    });
    await this.#announce();
  }

  async withdraw(): Promise<void> {
    const { links, timing } = this.#parts;
    if (this.#isWithdrawn) return;
    this.#isWithdrawn = true;
    const farewells = this.#isAnnounced ? 3 : 0;
    this.#isAnnounced = false;
    for (let said = 0; said < farewells; said += 1) {
      if (said > 0) await timing.sleep(timing.farewell);
      await this.#tell(this.#records.map((record) => ({ ...record, ttl: 0 })));
    }
    await links.close();
  }

  #claim(): Promise<void> {
    return claimName({ ...this.#parts, records: this.#records });
  }

  /** Twice, as RFC 6762 8.3 says; the second time nobody waits for it. */
  async #announce(): Promise<void> {
    const { timing } = this.#parts;
    this.#isAnnounced = true;
    await this.#tell(this.#records);
    const timer = setTimeout(() => this.#isAnnounced && void this.#tell(this.#records), timing.announcement);
    timer.unref();
  }

  async #tell(answers: readonly ServiceRecord[], additionals: readonly ServiceRecord[] = []): Promise<void> {
    for (const record of answers) this.#told.set(record, performance.now());
    await this.#parts.links.multicast({
      type: 'response',
      flags: AUTHORITATIVE_ANSWER,
      answers: [...answers],
      additionals: [...additionals],
    });
  }

  #receive(packet: DecodedPacket, from: Sender): void {
    if (!this.#isAnnounced) return;
    if (packet.type === 'response') {
      if (from.port === this.#parts.links.port) this.#hear(packet, from);
      return;
    }
    const answer = answerQuery(this.#parts.records, packet);
    if (answer === undefined) return;
    if (from.port === this.#parts.links.port) void this.#answerAll(answer, packet);
    else void this.#answerOne(answer, packet, from);
  }

  /** Another host says something about us. */
  #hear({ answers = [] }: DecodedPacket, from: Sender): void {
    if (contradicts(answers, ownRecords(this.#records))) {
      void this.#reclaim(from.address);
      return;
    }
    // A fellow that announces the same leaves; its farewell is not to count for us (RFC 6762, 6.6).
    const farewell = answers.filter(isGoodbye);
    const stillTrue = this.#records.filter((record) => farewell.some((gone) => sameRecord(gone, record)));
    if (stillTrue.length > 0) void this.#tell(stillTrue);
  }

  /** RFC 6762, 9: whoever meets a contradiction asks again who has the name. */
  async #reclaim(address: string): Promise<void> {
    const { log } = this.#parts;
    this.#isAnnounced = false;
    log.warning(
      `mDNS: ${address} announces ${instanceName} with other values; asking again who has the name`,
    );
    try {
      await this.#claim();
      if (!this.#isWithdrawn) await this.#announce();
    } catch (error) {
      log.error(`mDNS: the service is no longer announced: ${messageOf(error)}`);
    }
  }

  /** Who probes waits for no more than a quarter of a second, and is told at once. */
  async #answerAll({ answers, additionals }: QueryAnswer, query: DecodedPacket): Promise<void> {
    const { timing } = this.#parts;
    const isProbe = (query.authorities ?? []).length > 0;
    const quiet = isProbe ? timing.probe : timing.announcement;
    const isNew = (record: ServiceRecord) => performance.now() - (this.#told.get(record) ?? -quiet) >= quiet;
    const due = answers.filter(isNew);
    if (due.length === 0) return;
    if (!isProbe && due.some(({ flush }) => flush !== true)) {
      const [shortest, longest] = timing.sharedAnswer;
      await timing.sleep(shortest + timing.random() * (longest - shortest));
    }
    const still = due.filter(isNew);
    if (this.#isAnnounced && still.length > 0) await this.#tell(still, additionals);
  }

  /** To who asks from another port, by plain DNS, and hears none but the one who is asked (RFC 6762, 6.7). */
  async #answerOne({ answers, additionals }: QueryAnswer, query: DecodedPacket, from: Sender): Promise<void> {
    const plain = (record: ServiceRecord) => ({
      ...record,
      flush: false,
      ttl: Math.min(record.ttl, legacyLifetime),
    });
    await this.#parts.links.reply(
      {
        type: 'response',
        id: query.id ?? 0,
        flags: AUTHORITATIVE_ANSWER,
        questions: (query.questions ?? []).map((question) => ({ ...question, class: 'IN' })),
        answers: answers.map(plain),
        additionals: additionals.map(plain),
      },
      from,
    );
  }
}
