import { isObject, type JsonObject, objectsIn } from '../json/json-value.ts';
import type { LldpByInterface } from './introspection-document.ts';
import { lldpTlvs } from './lldp-tlvs.ts';
import type { Machine } from './machine.ts';

/**
 * What the switches at the other end of the cables say of themselves, by interface, from a running lldpd. Node can
 * open no packet sockets, so that there is no capture of our own; an interface without a neighbour has no entry.
 */
export async function readLldp({ run, notes }: Pick<Machine, 'run' | 'notes'>): Promise<LldpByInterface> {
  const missing = (reason: string, remedy: string) => {
    notes.add('lldp_raw', reason, remedy);
    return {};
  };
  const result = await run('lldpctl', ['-f', 'json0']);
  if (result.outcome === 'missing') return missing('lldpd is not installed', 'install and start lldpd');
  if (result.outcome === 'failed') return missing(`lldpctl failed: ${result.reason}`, 'try "lldpctl"');
  if (result.code !== 0) {
    return missing(`lldpctl failed: ${result.stderr.trim()}`, 'start lldpd, and run as root');
  }
  const neighbours = neighboursIn(result.stdout);
  if (neighbours === undefined) return missing('lldpctl printed no JSON', 'try "lldpctl -f json0"');
  return firstOfEach(neighbours);
}

/** The neighbours heard by LLDP; `undefined` when the text is not what lldpctl prints. */
function neighboursIn(text: string): readonly JsonObject[] | undefined {
  try {
    const document: unknown = JSON.parse(text);
    if (!isObject(document)) return undefined;
    const interfaces = objectsIn(document.lldp).flatMap((lldp) => objectsIn(lldp.interface));
    return interfaces.filter(({ via }) => via === 'LLDP');
  } catch {
    return undefined;
  }
}

/** Of several neighbours behind one interface the first counts, as of several frames in OpenStack's agent. */
function firstOfEach(neighbours: readonly JsonObject[]): LldpByInterface {
  const byName = new Map<string, JsonObject>();
  for (const neighbour of neighbours) {
    if (typeof neighbour.name === 'string' && !byName.has(neighbour.name))
      byName.set(neighbour.name, neighbour);
  }
  return Object.fromEntries([...byName].map(([name, neighbour]) => [name, lldpTlvs(neighbour)]));
}
