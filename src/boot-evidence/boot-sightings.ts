import { type Clock, timestampOf } from '../host/clock.ts';
import type { Sighting } from '../nodes/stage.ts';
import { parseDnsmasqLine } from './parse-dnsmasq-line.ts';

/** Leases that are remembered, the latest; enough for a large network. */
const mostLeases = 20_000;

/** Makes sightings of lines of dnsmasq's log. Of what it has seen, it remembers who has which address, and no more. */
export class BootSightings {
  readonly #clock: Clock;
  /** MAC addresses by IP address, oldest lease first. */
  readonly #leases = new Map<string, string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One a machine and stage, with the evidence of the last line. */
  in(lines: readonly string[]): readonly Sighting[] {
    const at = timestampOf(this.#clock.now());
    const sightings = new Map<string, Sighting>();
    for (const line of lines) {
      const event = parseDnsmasqLine(line);
      if (event === undefined) continue;
      const { stage, ip, evidence } = event;
      const mac = event.mac ?? this.#leases.get(ip ?? '');
      if (mac === undefined) continue;
      if (stage === 'dhcp-lease-given' && ip !== undefined) this.#remember(ip, mac);
      const key = `${mac} ${stage}`;
      const times = (sightings.get(key)?.times ?? 0) + 1;
      sightings.set(key, { mac, stage, at, times, evidence: { ...evidence, mac } });
    }
    return [...sightings.values()];
  }

  #remember(ip: string, mac: string): void {
    this.#leases.delete(ip);
    this.#leases.set(ip, mac);
    const [oldest] = this.#leases.keys();
    if (this.#leases.size > mostLeases && oldest !== undefined) this.#leases.delete(oldest);
  }
}
