import { dhcpFrame, parseDhcpReply } from '../dhcp-packet.ts';
import type { RawFrames } from '../raw-frames.ts';
import { alwaysOurs, deploymentServer, ourServer, type RaceNetwork } from './race-network.ts';

/** Who answers a machine. */
export interface Answers {
  readonly ours: boolean;
  readonly deployment: boolean;
}

/** Milliseconds after which a question whose answer is certain is repeated, and given up. */
const patience = { again: 500, most: 60_000 };

/**
 * Asks both servers in the name of machines, and knows without a wait when a server keeps silent: servers and cables
 * keep the order of packets, so that who has answered a later question will not answer an earlier one any more.
 */
export class Prober {
  /** Questions that have been asked in the name of machines. */
  asked = 0;
  readonly #network: Pick<RaceNetwork, 'frames' | 'besides'>;
  readonly #alwaysDeployed: string;
  readonly #waiting = new Map<number, (server: string) => void>();
  #last = 0;

  /** @param alwaysDeployed A machine that the deployment's server always answers. */
  constructor(network: Pick<RaceNetwork, 'frames' | 'besides'>, alwaysDeployed: string) {
    this.#network = network;
    this.#alwaysDeployed = alwaysDeployed;
    for (const frames of [network.frames, network.besides]) {
      frames.onFrame((frame) => {
        const reply = parseDhcpReply(frame);
        if (reply !== undefined) this.#waiting.get(reply.xid)?.(reply.server);
      });
    }
  }

  /** Who answers each of them now. @throws Error when a server does not answer those that it has to. */
  async ask(macs: Iterable<string>): Promise<Map<string, Answers>> {
    const { frames, besides } = this.#network;
    const found = new Map<string, Answers>();
    const xids = [...macs].map((mac) => {
      found.set(mac, { ours: false, deployment: false });
      this.asked += 1;
      return this.#send(frames, mac, (server) => {
        const before = found.get(mac) ?? { ours: false, deployment: false };
        found.set(mac, { ...before, ...whose(server) });
      });
    });
    // Then all requests have come through the filter: the frames of a cable do it one after the other.
    await this.#answered(frames, this.#alwaysDeployed, deploymentServer);
    // Then our server has dealt with those that it got.
    await this.#answered(besides, alwaysOurs, '10.78.0.1');
    // Then its answers are here.
    await this.#answered(frames, this.#alwaysDeployed, deploymentServer);
    for (const xid of xids) this.#waiting.delete(xid);
    return found;
  }

  #send(frames: RawFrames, mac: string, take: (server: string) => void): number {
    this.#last += 1;
    const xid = this.#last;
    this.#waiting.set(xid, take);
    frames.send(dhcpFrame({ type: 'discover', xid, from: mac, mac }));
    return xid;
  }

  async #answered(frames: RawFrames, mac: string, by: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const take = (server: string) => {
      if (server === by) resolve();
    };
    const xids = [this.#send(frames, mac, take)];
    const again = setInterval(() => xids.push(this.#send(frames, mac, take)), patience.again);
    const end = setTimeout(
      () => reject(new Error(`the DHCP server ${by} does not answer ${mac}, which it always has to`)),
      patience.most,
    );
    try {
      await promise;
    } finally {
      clearInterval(again);
      clearTimeout(end);
      for (const xid of xids) this.#waiting.delete(xid);
    }
  }
}

function whose(server: string): Partial<Answers> {
  if (server === ourServer) return { ours: true };
  return server === deploymentServer ? { deployment: true } : {};
}
