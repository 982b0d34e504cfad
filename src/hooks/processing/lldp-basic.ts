import { neighbours } from '../../inventory/lldp/neighbours.ts';
import { parseLldp } from '../../inventory/lldp/parse-lldp.ts';
import type { ProcessingHook } from '../processing-hook.ts';

/**
 * Writes down, as `lldp_processed` of each NIC in `all_interfaces`, what the switch at the other end of its
 * cable says of itself and of its port (docs/hooks/lldp.md has the names).
 */
export function lldpBasicHook(): ProcessingHook {
  return {
    name: 'lldp_basic',
    beforeUpdate(data, _node, { log }) {
      for (const { interface: name, entry, tlvs } of neighbours(data, log)) {
        if (tlvs === undefined) {
          log.warning(`No LLDP data found for interface ${name.slice(0, 64)}`);
          continue;
        }
        const fields = parseLldp(tlvs, { interface: name, log });
        // `interfaces` of the document holds the same entries, so the result is seen there, too.
        if (Object.keys(fields).length > 0) entry.lldp_processed = fields;
      }
    },
  };
}
