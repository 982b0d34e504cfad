// Shows these lines of docs/compatibility.md: mdns-same-announcement, mdns-conflict-later.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { type Answer, type DecodedPacket, decode, encode, type Packet, type Question } from 'dns-packet';
import { freePort } from '../../testing/free-port.ts';
import { quickTiming, serviceToAnnounce } from '../../testing/mdns-parts.ts';
import { pause } from '../../testing/pause.ts';
import { type RecordingLogger, recordingLogger } from '../../testing/recording-logger.ts';
import { until } from '../../testing/until.ts';
import { instanceName, serviceKind } from './announced-service.ts';
import { type MulticastLinks, openMulticastLinks } from './multicast-links.ts';
import { type Publication, publish } from './publication.ts';
import { serviceRecords } from './service-records.ts';

/** Multicast over the loopback interface, on a port of the test's own. */
class Lane {
  readonly port: number;
  readonly log: RecordingLogger = recordingLogger();
  readonly heard: DecodedPacket[] = [];
  readonly #test: TestContext;
  readonly links: MulticastLinks;

  private constructor(test: TestContext, port: number, links: MulticastLinks) {
    this.#test = test;
    this.port = port;
    this.links = links;
    links.listen((packet) => this.heard.push(packet));
    test.after(() => links.close());
  }

  static async open(test: TestContext): Promise<Lane> {
    const port = await freePort();
    return new Lane(test, port, await Lane.#link(port, recordingLogger()));
  }

  static #link(port: number, log: RecordingLogger): Promise<MulticastLinks> {
    return openMulticastLinks({
      interfaces: [{ family: 'IPv4', name: 'lo', address: '127.0.0.1' }],
      log,
      port,
    });
  }

  async publish(changes: Parameters<typeof serviceToAnnounce>[0] = {}, attempts = 2): Promise<Publication> {
    const { log } = this;
    const records = serviceRecords(serviceToAnnounce(changes));
    const links = await Lane.#link(this.port, log);
    const publication = await publish({ links, records, attempts, timing: quickTiming, log });
    this.#test.after(() => publication.withdraw());
    return publication;
  }

  /** What is answered within the time that an answer takes, without what is heard besides. */
  async ask(query: Packet, milliseconds = 60): Promise<readonly DecodedPacket[]> {
    const before = this.heard.length;
    await this.links.multicast({ type: 'query', ...query });
    await pause(milliseconds);
    return this.heard.slice(before).filter(({ type }) => type === 'response');
  }

  /** Asks until there is an answer: what was told a moment ago is not told again, and machines are busy. */
  async answered(query: Packet): Promise<readonly DecodedPacket[]> {
    let answers = await this.ask(query);
    for (let tries = 0; answers.length === 0 && tries < 100; tries += 1) answers = await this.ask(query);
    return answers;
  }
}

const question: Question = { name: instanceName, type: 'SRV', class: 'IN' };
const portsIn = (packets: readonly DecodedPacket[]) =>
  packets.flatMap(({ answers = [] }) =>
    answers.flatMap((one) => (one.type === 'SRV' ? [`${one.data.port} ${one.ttl}`] : [])),
  );

describe('a service that is announced', () => {
  it('is asked for three times first, then announced twice', async (t) => {
    const lane = await Lane.open(t);

    await lane.publish();
    await pause(150);

    const kinds = lane.heard.map(({ type, answers, authorities }) => [
      type,
      [...(answers ?? []), ...(authorities ?? [])].map((record) => record.type).join(),
    ]);
    const probe = ['query', 'SRV,TXT,A'];
    const announcement = ['response', 'PTR,SRV,TXT,A'];
    assert.deepEqual(kinds, [probe, probe, probe, announcement, announcement]);
    assert.ok(lane.heard[3]?.flag_aa);
  });

  it('is answered for, but not again at once', async (t) => {
    const lane = await Lane.open(t);
    await lane.publish();
    await pause(250);

    const begun = performance.now();
    const [first, ...more] = await lane.answered({ questions: [{ name: serviceKind, type: 'PTR' }] });
    for (let times = 0; times < 4; times += 1) {
      more.push(...(await lane.ask({ questions: [{ name: serviceKind, type: 'PTR' }] }, 10)));
    }
    const longest = performance.now() - begun;
    await pause(60);
    const other = await lane.ask({ questions: [{ name: 'other.local', type: 'SRV' }] });

    assert.deepEqual([first?.answers?.length, first?.additionals?.length], [1, 3]);
    assert.ok(more.length <= longest / quickTiming.announcement, `${more.length} in ${longest} ms`);
    assert.deepEqual(other, []);
  });

  it('is told to who asks by plain DNS, and to nobody else', async (t) => {
    const lane = await Lane.open(t);
    await lane.publish();
    const socket = createSocket('udp4');
    t.after(() => socket.close());

    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setMulticastInterface('127.0.0.1');
    socket.send(encode({ type: 'query', id: 77, questions: [question] }), lane.port, '224.0.0.251');
    const [message] = (await once(socket, 'message')) as [Buffer];

    const answer = decode(message);
    assert.deepEqual([answer.id, answer.questions?.[0]?.name], [77, instanceName]);
    assert.deepEqual(
      [...(answer.answers ?? []), ...(answer.additionals ?? [])].map(
        (one) => 'ttl' in one && [one.ttl, one.flush],
      ),
      [
        [10, false],
        [10, false],
      ],
    );
  });

  it('says farewell three times, once', async (t) => {
    const lane = await Lane.open(t);
    const publication = await lane.publish();
    await pause(120);
    const before = lane.heard.length;

    await publication.withdraw();
    await publication.withdraw();
    await pause(20);

    assert.deepEqual(portsIn(lane.heard.slice(before)), ['5050 0', '5050 0', '5050 0']);
    assert.deepEqual(await lane.ask({ questions: [question] }), []);
  });

  it('does not mind what is no DNS', async (t) => {
    const lane = await Lane.open(t);
    await lane.publish();
    const socket = createSocket('udp4');
    t.after(() => socket.close());
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setMulticastInterface('127.0.0.1');
    await pause(250);

    for (const text of ['', 'x', '\u0000'.repeat(12), `\u0000\u0000\u0084\u0000${'\u00ff'.repeat(600)}`]) {
      socket.send(Buffer.from(text, 'latin1'), lane.port, '224.0.0.251');
    }
    const answers = await lane.answered({ questions: [question] });

    assert.deepEqual(new Set(portsIn(answers)), new Set(['5050 120']));
  });
});

describe('a name that another host has', () => {
  it('is asked for again, and then given up', async (t) => {
    const lane = await Lane.open(t);
    await lane.publish({ port: 1 });

    const second = lane.publish({ port: 2 }, 3);

    await assert.rejects(second, {
      kind: 'conflict',
      message:
        /^mDNS: could not announce baremetal-introspection\._openstack\._tcp\.local: 127\.0\.0\.1 announces it with other values, after 3 tries\. /,
    });
    assert.equal(
      lane.log.at('debug').filter((line) => /is taken by .*, try [12] of 3$/.test(line)).length,
      2,
    );
  });

  it('is had as soon as that host has gone', async (t) => {
    const lane = await Lane.open(t);
    const first = await lane.publish({ port: 1 });

    const second = lane.publish({ port: 2 }, 5);
    await pause(20);
    await first.withdraw();
    await second;

    assert.deepEqual(portsIn(await lane.answered({ questions: [question] })).slice(-1), ['2 120']);
  });

  it('is the same name when that host says the same, and stays when it goes', async (t) => {
    const lane = await Lane.open(t);
    const first = await lane.publish();
    await lane.publish();
    await pause(120);

    await first.withdraw();
    await pause(50);

    assert.equal(portsIn(lane.heard).at(-1), '5050 120');
  });

  it('goes to one of two that want it at the same moment', async (t) => {
    const lane = await Lane.open(t);

    const outcomes = await Promise.allSettled([lane.publish({ port: 1 }, 2), lane.publish({ port: 2 }, 2)]);

    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'fulfilled'],
    );
  });

  it('is asked for again when a host claims it later, and left to it when it insists', async (t) => {
    const lane = await Lane.open(t);
    await lane.publish({}, 1);
    const claim: Answer = {
      name: instanceName,
      type: 'SRV',
      class: 'IN',
      flush: true,
      ttl: 120,
      data: { port: 9, target: 'x.local', priority: 0, weight: 0 },
    };
    const insist = () => lane.links.multicast({ type: 'response', answers: [claim] });

    await insist();
    await pause(400);
    const kept = await lane.answered({ questions: [question] });
    await insist();
    await pause(30);
    await insist();
    await until(() => lane.log.at('error').length > 0);
    const lost = await lane.ask({ questions: [question] });

    assert.deepEqual([new Set(portsIn(kept)), portsIn(lost)], [new Set(['5050 120']), []]);
    assert.equal(lane.log.at('warning').length, 2);
    assert.match(lane.log.at('error')[0] ?? '', /^mDNS: the service is no longer announced: mDNS: could not/);
  });

  it('is not given up for who speaks from another port', async (t) => {
    const lane = await Lane.open(t);
    await lane.publish();
    const socket = createSocket('udp4');
    t.after(() => socket.close());
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setMulticastInterface('127.0.0.1');
    const claim: Answer = { name: instanceName, type: 'TXT', ttl: 9, data: ['x=y'] };

    socket.send(encode({ type: 'response', answers: [claim] }), lane.port, '224.0.0.251');
    await pause(250);

    const answers = await lane.answered({ questions: [question] });

    assert.deepEqual(new Set(portsIn(answers)), new Set(['5050 120']));
    assert.deepEqual(lane.log.at('warning'), []);
  });
});

describe('interfaces', () => {
  it('that cannot be used are named, and none at all ends the start', async () => {
    const log = recordingLogger();
    const interfaces = [
      { family: 'IPv4', name: 'eth9', address: '192.0.2.99' },
      { family: 'IPv6', name: 'eth9', address: 'fd00::99' },
    ] as const;

    const links = openMulticastLinks({ interfaces, log, port: await freePort() });

    await assert.rejects(links, {
      kind: 'unavailable',
      message: /looked at: 192\.0\.2\.99 on eth9, fd00::99 on eth9\); the log says why/,
    });
    assert.match(log.at('warning')[0] ?? '', /^mDNS: 192\.0\.2\.99 on eth9 cannot be used: /);
    assert.match(log.at('warning')[1] ?? '', /^mDNS: fd00::99 on eth9 cannot be used: /);
  });
});
