import { type DhcpReply, type DhcpRequest, dhcpFrame, parseDhcpReply } from '../../testing/dhcp-packet.ts';
import type { RawFrames } from '../../testing/raw-frames.ts';
import type { Step } from './fleet-record.ts';
import type { MachineLink } from './machine-link.ts';

/** Milliseconds that iPXE waits for an answer before it asks again. */
export const ipxeWaits: readonly number[] = [1000, 2000, 4000, 8000];

/** One client's wish for an address. */
export interface LeaseRequest {
  readonly mac: string;
  /** Milliseconds to wait for each of the tries. */
  readonly waits: readonly number[];
  readonly link: MachineLink;
  /** The machine's power. */
  readonly signal: AbortSignal;
  readonly took: (step: Step, milliseconds: number) => void;
  /** Waits before it begins again with another offer, as the server has refused what it offered (DHCPNAK). */
  readonly afterRefusal: () => Promise<void>;
}

/** dnsmasq offers one address to several clients that ask at once; more than this at a time are no fleet. */
const mostRefusals = 50;

/** An address, and the server that gave it. */
export type Lease = Pick<DhcpReply, 'address' | 'server'>;

/** Any number of machines that want addresses, on one cable. */
export interface FleetDhcp {
  /** @returns nothing after the last try. @throws AbortError when the machine is switched off */
  lease(request: LeaseRequest): Promise<Lease | undefined>;
}

type Wanted = 'offer' | 'ack';

/**
 * DHCP clients over frames that the caller opens and closes (RFC 2131).
 *
 * @param onReply Told of everything that servers answer, also of what nobody waits for
 */
export function fleetDhcp(frames: RawFrames, onReply: (reply: DhcpReply) => void = () => {}): FleetDhcp {
  const waiting = new Map<number, (reply: DhcpReply) => void>();
  frames.onFrame((frame) => {
    const reply = parseDhcpReply(frame);
    if (reply === undefined) return;
    onReply(reply);
    waiting.get(reply.xid)?.(reply);
  });
  let last = 0;

  /** What answers a message, in so many milliseconds. */
  async function answer(
    message: Pick<DhcpRequest, 'type' | 'offered'>,
    { mac, link, signal }: LeaseRequest,
    milliseconds: number,
  ): Promise<DhcpReply | undefined> {
    signal.throwIfAborted();
    last = (last + 1) >>> 0;
    const xid = last;
    const reply = await new Promise<DhcpReply | undefined>((resolve) => {
      const end = (came?: DhcpReply) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve(came);
      };
      const timer = setTimeout(end, milliseconds);
      const stop = () => end();
      signal.addEventListener('abort', stop, { once: true });
      waiting.set(xid, (came) => {
        if (!link.losesPacket()) end(came);
      });
      if (!link.losesPacket()) frames.send(dhcpFrame({ ...message, xid, mac, from: mac }));
    });
    waiting.delete(xid);
    signal.throwIfAborted();
    return reply;
  }

  /** What is wanted, or a refusal; nothing after the last try. */
  async function askAgain(
    message: Pick<DhcpRequest, 'type' | 'offered'>,
    wanted: Wanted,
    request: LeaseRequest,
  ): Promise<DhcpReply | undefined> {
    for (const wait of request.waits) {
      const reply = await answer(message, request, wait);
      if (reply?.type === wanted || reply?.type === 'nak') return reply;
    }
    return undefined;
  }

  return {
    async lease(request) {
      const began = performance.now();
      for (let refusals = 0; refusals < mostRefusals; refusals += 1) {
        const offered = await askAgain({ type: 'discover' }, 'offer', request);
        if (offered === undefined) return undefined;
        request.took('DHCP offer', performance.now() - began);
        const reply = await askAgain({ type: 'request', offered }, 'ack', request);
        if (reply?.type === 'ack') {
          request.took('DHCP lease', performance.now() - began);
          return { address: reply.address, server: reply.server };
        }
        if (reply === undefined) return undefined;
        await request.afterRefusal();
      }
      return undefined;
    },
  };
}
