import { type Dhcpv6Reply, neighbourAnswer, parseDhcpv6Reply, solicitFrame } from './dhcpv6-packet.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import { openFrames } from './raw-frames.ts';

/** Any number of DHCPv6 clients on one cable, each with a MAC address of its own. */
export interface Dhcpv6Clients {
  /** What the first server answers; nothing when none has answered in `patience` milliseconds, 200 unless given. */
  solicit(mac: string, patience?: number): Promise<Dhcpv6Reply | undefined>;
  close(): void;
}

/** Plugs clients into an interface of a namespace. They answer for their link-local addresses. */
export async function openDhcpv6Clients(at: NetworkNamespace, device: string): Promise<Dhcpv6Clients> {
  const frames = await openFrames(at, device);
  const macs = new Set<string>();
  const waiting = new Map<number, (reply: Dhcpv6Reply) => void>();
  frames.onFrame((frame) => {
    const advertisement = neighbourAnswer(frame, macs);
    if (advertisement !== undefined) frames.send(advertisement);
    const reply = parseDhcpv6Reply(frame);
    if (reply !== undefined) waiting.get(reply.xid)?.(reply);
  });
  let xid = 0;
  return {
    async solicit(mac, patience = 200) {
      xid += 1;
      macs.add(mac);
      const { promise, resolve } = Promise.withResolvers<Dhcpv6Reply | undefined>();
      const timer = setTimeout(() => resolve(undefined), patience);
      waiting.set(xid, resolve);
      frames.send(solicitFrame(mac, xid));
      const reply = await promise;
      clearTimeout(timer);
      waiting.delete(xid);
      return reply;
    },
    close: () => frames.close(),
  };
}
