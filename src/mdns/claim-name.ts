import type { DecodedPacket } from 'dns-packet';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import { instanceName } from './announced-service.ts';
import { compareProbes, contradicts, sameName } from './compare-records.ts';
import type { MdnsTiming } from './mdns-timing.ts';
import type { MulticastLinks, Sender } from './multicast-links.ts';
import type { ServiceRecord } from './service-records.ts';

/** What claiming a name takes. */
export interface Claim {
  readonly links: MulticastLinks;
  /** All that is to be announced. */
  readonly records: readonly ServiceRecord[];
  /** `[mdns]registration_attempts`. */
  readonly attempts: number;
  readonly timing: MdnsTiming;
  readonly log: Logger;
}

/** The records under the name that nobody else may have. */
export function ownRecords(records: readonly ServiceRecord[]): readonly ServiceRecord[] {
  return records.filter(({ name }) => sameName(name, instanceName));
}

/**
 * Asks whether another host has the name, as RFC 6762 8.1 says, and again while one has, up to `attempts` times.
 * A host that announces the very same is no other one: several conductors may announce one endpoint.
 *
 * @throws InspectorError `conflict` when the name is still taken.
 */
export async function claimName(claim: Claim): Promise<void> {
  const { attempts, timing, log } = claim;
  let pause = timing.firstRetry;
  for (let attempt = 1; ; attempt += 1) {
    const rival = await probe(claim);
    if (rival === undefined) return;
    if (attempt >= attempts) throw taken(attempts, rival.address);
    log.debug(`mDNS: ${instanceName} is taken by ${rival.address}, try ${attempt} of ${attempts}`);
    await timing.sleep(rival.isProbing ? Math.max(pause, timing.deferral) : pause);
    pause *= 2;
  }
}

function taken(attempts: number, address: string): InspectorError {
  return new InspectorError(
    'conflict',
    `mDNS: could not announce ${instanceName}: ${address} announces it with other values, after ${attempts} tries. ` +
      'Stop that one, have both announce the same [service_catalog]endpoint_override and [mdns]params, or set enable_mdns to false',
  );
}

interface Rival {
  readonly address: string;
  /** It does not have the name yet, and wants it with better reason than we. */
  readonly isProbing: boolean;
}

/** Three questions, and the first host that objects. */
async function probe({ links, records, timing }: Claim): Promise<Rival | undefined> {
  const own = ownRecords(records);
  const found: { rival?: Rival } = {};
  const stop = links.listen((packet, from) => {
    const rival = objection(packet, from, own, links.port);
    if (rival !== undefined) found.rival ??= rival;
  });
  try {
    await timing.sleep(timing.random() * timing.probe);
    for (let question = 0; question < 3 && found.rival === undefined; question += 1) {
      await links.multicast({
        type: 'query',
        // The types of dns-packet have no ANY.
        questions: [{ name: instanceName, type: 'ANY' as 'SRV', class: 'IN' }],
        authorities: [...own],
      });
      await timing.sleep(timing.probe);
    }
    return found.rival;
  } finally {
    stop();
  }
}

function objection(
  packet: DecodedPacket,
  from: Sender,
  own: readonly ServiceRecord[],
  port: number,
): Rival | undefined {
  // Who speaks multicast DNS does so from its port; others may only ask.
  if (from.port !== port) return undefined;
  if (packet.type === 'response') {
    return contradicts(packet.answers ?? [], own) ? { address: from.address, isProbing: false } : undefined;
  }
  const theirs = (packet.authorities ?? []).filter(({ name }) => sameName(name, instanceName));
  const isLost = theirs.length > 0 && compareProbes(own, theirs) < 0;
  return isLost ? { address: from.address, isProbing: true } : undefined;
}
