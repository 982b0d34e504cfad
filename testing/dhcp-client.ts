import { type DhcpReply, type DhcpRequest, dhcpFrame, parseDhcpReply } from './dhcp-packet.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import { openFrames } from './raw-frames.ts';

/** Any number of DHCP clients on one cable, each with a MAC address of its own. */
export interface DhcpClients {
  /** What the first server offers; nothing when none has answered in time. */
  discover(mac: string, how?: Discovery): Promise<DhcpReply | undefined>;
  /** What all servers offer that answer in time. */
  offers(mac: string, how?: Discovery): Promise<DhcpReply[]>;
  /** An address for good: asks for what is offered. Nothing when there is no offer or no acknowledgement in time. */
  lease(mac: string, how?: Discovery): Promise<DhcpReply | undefined>;
  close(): void;
}

/** How a client asks. */
export interface Discovery {
  /** Milliseconds to wait for an answer; 200 unless given. */
  readonly patience?: number;
  /** Source of the Ethernet frame, when it is not the client's own. */
  readonly from?: string;
  /** A relay's own addresses, and those of the server. */
  readonly relay?: DhcpRequest['relay'];
}

/** Plugs clients into an interface of a namespace. */
export async function openDhcpClients(at: NetworkNamespace, device: string): Promise<DhcpClients> {
  const frames = await openFrames(at, device);
  const waiting = new Map<number, (reply: DhcpReply) => void>();
  frames.onFrame((frame) => {
    const reply = parseDhcpReply(frame);
    if (reply !== undefined) waiting.get(reply.xid)?.(reply);
  });
  let last = 0;

  /** All replies in time, or up to the first that is enough. */
  function replies(
    request: Omit<DhcpRequest, 'xid' | 'from'>,
    how: Discovery,
    most: number,
  ): Promise<DhcpReply[]> {
    last += 1;
    const xid = last;
    const found: DhcpReply[] = [];
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(xid);
        resolve(found);
      };
      const timer = setTimeout(end, how.patience ?? 200);
      waiting.set(xid, (reply) => {
        if (found.push(reply) >= most) end();
      });
      frames.send(dhcpFrame({ ...request, xid, from: how.from ?? request.mac, ...relayOf(how) }));
    });
  }

  async function discover(mac: string, how: Discovery = {}): Promise<DhcpReply | undefined> {
    return (await replies({ type: 'discover', mac }, how, 1))[0];
  }

  return {
    discover,
    offers: (mac, how = {}) => replies({ type: 'discover', mac }, how, Infinity),
    async lease(mac, how = {}) {
      const offer = await discover(mac, how);
      if (offer === undefined) return undefined;
      const [reply] = await replies({ type: 'request', mac, offered: offer }, how, 1);
      return reply?.type === 'ack' ? reply : undefined;
    },
    close: () => frames.close(),
  };
}

function relayOf({ relay }: Discovery): Pick<DhcpRequest, 'relay'> {
  return relay === undefined ? {} : { relay };
}
