import type { JsonValue } from '../../json/json-value.ts';
import type { Logger } from '../../logging/logger.ts';
import { type Dropped, readTlv, type Tlv } from './tlv.ts';

/** More than fit into an Ethernet frame of 1,500 octets, which is what a switch sends at a time. */
const mostTlvs = 750;
/** A switch, or who plays one, decides how much there is to complain about. */
const mostWarnings = 10;

/** Whose TLVs they are, and where complaints go. */
export interface TlvSource {
  /** The NIC's name. */
  readonly interface: string;
  readonly log: Logger;
}

/**
 * Calls back for each TLV of a NIC that is one. What is none, and what the callback drops, is left out: with
 * a warning that names interface and TLV when it is malformed, with a debug message when it is unknown
 * (docs/compatibility.md, lldp-malformed).
 *
 * @param nameOf What the log calls a TLV besides its type.
 */
export function eachTlv(
  reported: readonly JsonValue[],
  source: TlvSource,
  nameOf: (tlv: Tlv) => string | undefined,
  read: (tlv: Tlv) => Dropped | undefined,
): void {
  const { interface: nic, log } = source;
  const about = `LLDP of interface ${nic.slice(0, 64)}`;
  let warnings = 0;
  for (const [index, item] of reported.slice(0, mostTlvs).entries()) {
    const tlv = readTlv(item);
    const dropped = 'why' in tlv ? tlv : read(tlv);
    if (dropped === undefined) continue;
    const which = 'why' in tlv ? label(item, index) : `TLV ${tlv.type} (${nameOf(tlv) ?? 'unknown'})`;
    const message = `${about}: ignoring ${which}: ${dropped.why}`;
    if (dropped.level === 'debug') log.debug(message);
    else if (++warnings <= mostWarnings) log.warning(message);
  }
  if (warnings > mostWarnings) log.warning(`${about}: ignoring ${warnings - mostWarnings} more TLVs`);
  if (reported.length > mostTlvs) {
    log.warning(`${about}: ignoring all TLVs after the first ${mostTlvs}, got ${reported.length}`);
  }
}

/** What can be said of an item that is no TLV: its type if it has one, and its place in the list. */
function label(item: JsonValue, index: number): string {
  const type = Array.isArray(item) ? item[0] : undefined;
  return typeof type === 'number' ? `TLV ${type} (item ${index + 1})` : `item ${index + 1}`;
}
