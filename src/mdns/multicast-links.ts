import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type DecodedPacket, decode, encode, type Packet } from 'dns-packet';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { LocalInterface } from './local-interfaces.ts';

/** Who sent a packet. */
export type Sender = Pick<RemoteInfo, 'address' | 'family' | 'port'>;

/** Takes a packet of another host, or one of our own that came back. */
export type Receive = (packet: DecodedPacket, from: Sender) => void;

/** The sockets of multicast DNS. */
export interface MulticastLinks {
  /** The port of all who speak multicast DNS. */
  readonly port: number;
  /** Sends on every interface; one that cannot is left out, and the log says so. */
  multicast(packet: Packet): Promise<void>;
  /** Sends to one host. */
  reply(packet: Packet, to: Sender): Promise<void>;
  /** Returns what ends it. */
  listen(receive: Receive): () => void;
  /** What is being sent is sent first. */
  close(): Promise<void>;
}

/** What `openMulticastLinks` goes by. */
export interface LinkSettings {
  readonly interfaces: readonly LocalInterface[];
  readonly log: Logger;
  /** Another one than 5353 in tests. */
  readonly port?: number;
}

const groups = { IPv4: '224.0.0.251', IPv6: 'ff02::fb' } as const;

/** Neither crosses a router. A receiver may check that nothing did (RFC 6762, 11). */
const hops = 255;

/** One socket, and the interfaces that it sends on. */
interface Link {
  readonly socket: Socket;
  readonly group: string;
  readonly interfaces: readonly LocalInterface[];
}

/**
 * Joins the groups of multicast DNS: over one socket for IPv4 and one an interface for IPv6. They are bound to
 * the group, so what comes from behind a router, sent to the address of the machine, is not received (RFC 6762,
 * 11), and other programs of the machine that speak multicast DNS are not disturbed.
 *
 * @throws InspectorError `unavailable` when no interface can be used.
 */
export async function openMulticastLinks(settings: LinkSettings): Promise<MulticastLinks> {
  const { interfaces, log, port = 5353 } = settings;
  const four = interfaces.filter(({ family }) => family === 'IPv4');
  const six = interfaces.filter(({ family }) => family === 'IPv6');
  const links: Link[] = [];
  for (const group of [...(four.length > 0 ? [four] : []), ...six.map((one) => [one])]) {
    const link = await openLink(group, port, log);
    if (link !== undefined) links.push(link);
  }
  if (links.length > 0) return linksOver(links, port, log);
  throw new InspectorError(
    'unavailable',
    `mDNS: no interface of this machine can be used for multicast DNS (looked at: ` +
      `${interfaces.map(nameOf).join(', ') || 'none'}); the log says why. Set [mdns]interfaces to the addresses of others, or enable_mdns to false`,
  );
}

function nameOf({ name, address }: LocalInterface): string {
  return `${address} on ${name}`;
}

/** Of interfaces of one family; undefined when none of them can be used. */
async function openLink(
  interfaces: readonly LocalInterface[],
  port: number,
  log: Logger,
): Promise<Link | undefined> {
  const [first] = interfaces;
  if (first === undefined) return undefined;
  const isSix = first.family === 'IPv6';
  const group = isSix ? `${groups.IPv6}%${first.name}` : groups.IPv4;
  const socket = createSocket({ type: isSix ? 'udp6' : 'udp4', reuseAddr: true, ipv6Only: isSix });
  try {
    socket.bind(port, group);
    await once(socket, 'listening');
    socket.setMulticastTTL(hops);
    socket.setMulticastLoopback(true);
    const joined = interfaces.filter((one) => join(socket, one, log));
    if (joined.length > 0) return { socket, group, interfaces: joined };
  } catch (error) {
    log.warning(`mDNS: ${interfaces.map(nameOf).join(', ')} cannot be used: ${messageOf(error)}`);
  }
  await closed(socket);
  return undefined;
}

function join(socket: Socket, one: LocalInterface, log: Logger): boolean {
  try {
    socket.addMembership(groups[one.family], scopeOf(one));
    return true;
  } catch (error) {
    log.warning(`mDNS: ${nameOf(one)} cannot be used: ${messageOf(error)}`);
    return false;
  }
}

/** How `node:dgram` wants an interface named. */
function scopeOf({ family, name, address }: LocalInterface): string {
  return family === 'IPv6' ? `::%${name}` : address;
}

function linksOver(links: readonly Link[], port: number, log: Logger): MulticastLinks {
  const receivers = new Set<Receive>();
  for (const { socket } of links) {
    socket.on('message', (message, from) => {
      const packet = decoded(message);
      // Who begins to listen because of a packet is not to hear this one.
      if (packet !== undefined) for (const receive of Array.from(receivers)) receive(packet, from);
    });
    socket.on('error', (error) => log.warning(`mDNS: ${messageOf(error)}`));
  }
  // The interface is a setting of the socket, so one packet goes out at a time.
  let sending = Promise.resolve();
  const inTurn = (send: () => Promise<void>) => {
    sending = sending.then(send);
    return sending;
  };
  return {
    port,
    multicast: (packet) => inTurn(() => sendEverywhere(links, encode({ ...packet }), port, log)),
    reply: (packet, to) => inTurn(() => sendTo(links, encode({ ...packet }), to, log)),
    listen(receive) {
      receivers.add(receive);
      return () => receivers.delete(receive);
    },
    async close() {
      await sending;
      await Promise.all(links.map(({ socket }) => closed(socket)));
    },
  };
}

/** What is no DNS packet is passed over: anybody may send anything here. */
function decoded(message: Buffer): DecodedPacket | undefined {
  try {
    return decode(message);
  } catch {
    return undefined;
  }
}

async function sendEverywhere(
  links: readonly Link[],
  message: Buffer,
  port: number,
  log: Logger,
): Promise<void> {
  for (const { socket, group, interfaces } of links) {
    for (const one of interfaces) {
      try {
        socket.setMulticastInterface(scopeOf(one));
        await sent(socket, message, port, group);
      } catch (error) {
        // It may come back: an interface that lost its address, a cable that was pulled.
        log.debug(`mDNS: nothing can be sent from ${nameOf(one)}: ${messageOf(error)}`);
      }
    }
  }
}

async function sendTo(links: readonly Link[], message: Buffer, to: Sender, log: Logger): Promise<void> {
  const link = links.find(({ interfaces }) => interfaces.some(({ family }) => family === to.family));
  if (link === undefined) return;
  try {
    await sent(link.socket, message, to.port, to.address);
  } catch (error) {
    log.debug(`mDNS: ${to.address} cannot be answered: ${messageOf(error)}`);
  }
}

function sent(socket: Socket, message: Buffer, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(message, port, address, (error) => (error === null ? resolve() : reject(error)));
  });
}

async function closed(socket: Socket): Promise<void> {
  const isClosed = once(socket, 'close');
  socket.close();
  await isClosed;
}
