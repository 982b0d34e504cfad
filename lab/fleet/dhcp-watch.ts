import type { DhcpReply } from '../../testing/dhcp-packet.ts';
import type { FleetMachine } from './fleet-machine.ts';

/** The two DHCP servers of one network: that of the service, behind its PXE filter, and the deployment's. */
export type DhcpServer = 'inspection' | 'deployment';

/** An answer of a server that should have kept silent. */
export interface WrongAnswer {
  readonly machine: FleetMachine;
  readonly expected: DhcpServer;
  readonly came: DhcpServer;
  readonly type: DhcpReply['type'];
}

/** Looks at each answer that is on the cable, also at those that get lost on their way to a machine. */
export class DhcpWatch {
  readonly answers: Record<DhcpServer, number> = { inspection: 0, deployment: 0 };
  readonly wrong: WrongAnswer[] = [];
  readonly #deployment: string;
  readonly #expected = new Map<string, { readonly machine: FleetMachine; readonly server: DhcpServer }>();
  readonly #last = new Map<string, Set<DhcpServer>>();

  /** @param deployment Address of the deployment's server */
  constructor(deployment: string) {
    this.#deployment = deployment;
  }

  /** From now on, this server alone has to answer the machine; without one, nobody's answers to it are judged. */
  expect(machine: FleetMachine, server?: DhcpServer): void {
    const [mac] = machine.cards;
    if (server === undefined) this.#expected.delete(mac);
    else this.#expected.set(mac, { machine, server });
  }

  saw({ mac, server, type }: DhcpReply): void {
    const came = this.serverAt(server);
    this.answers[came] += 1;
    this.#last.get(mac)?.add(came);
    const expected = this.#expected.get(mac);
    if (expected === undefined || expected.server === came) return;
    this.wrong.push({ machine: expected.machine, expected: expected.server, came, type });
  }

  serverAt(address: string): DhcpServer {
    return address === this.#deployment ? 'deployment' : 'inspection';
  }

  /** Who answers the machine while something is done. */
  async during(
    { cards: [mac] }: FleetMachine,
    action: () => Promise<unknown>,
  ): Promise<ReadonlySet<DhcpServer>> {
    const answered = new Set<DhcpServer>();
    this.#last.set(mac, answered);
    await action();
    this.#last.delete(mac);
    return answered;
  }
}
