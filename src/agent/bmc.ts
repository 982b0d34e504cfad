import { isIPv4, isIPv6 } from 'node:net';
import type { Machine } from './machine.ts';

/** The service processor's addresses, as far as it tells them in band. */
export interface Bmc {
  readonly address: string | null;
  readonly v6address: string | null;
  readonly mac: string | null;
}

interface Channel extends Bmc {
  /** Why nothing could be learnt of the channel. */
  readonly complaint?: string;
}

// IPMI 2.0, 6.3: of the channels 0 to 15 these may carry a LAN.
const lanChannels = Array.from({ length: 11 }, (_, index) => index + 1);
const devices = ['/dev/ipmi0', '/dev/ipmi/0', '/dev/ipmidev/0'];
const noMac = '00:00:00:00:00:00';
const nothing: Bmc = { address: null, v6address: null, mac: null };

/**
 * Asks the BMC through ipmitool for the first address of each kind. Where there is none, all is `null`, and not
 * `0.0.0.0` and `::/0` (docs/compatibility.md, agent-bmc-null).
 */
export async function readBmc({ files, run, notes }: Pick<Machine, 'files' | 'run' | 'notes'>): Promise<Bmc> {
  const fact = 'inventory.bmc_address';
  if (!devices.some((device) => files.exists(device))) {
    notes.add(fact, `there is no ${devices[0]}`, 'load ipmi_si and ipmi_devintf if the machine has a BMC');
    return nothing;
  }
  const found: Channel[] = [];
  for (const number of lanChannels) {
    const print = await run('ipmitool', ['lan', 'print', String(number)]);
    if (print.outcome === 'missing') {
      notes.add(fact, 'the program ipmitool is not installed', 'install it');
      return nothing;
    }
    if (print.outcome === 'failed') {
      notes.add(fact, `ipmitool failed: ${print.reason}`, 'try "ipmitool lan print"');
      break;
    }
    if (print.code !== 0) found.push({ ...nothing, complaint: print.stderr.trim().split('\n')[0] ?? '' });
    else found.push({ ...channel(print.stdout), v6address: await v6Address(run, number) });
  }
  if (found.length > 0 && found.every(({ complaint }) => complaint !== undefined)) {
    notes.add(
      fact,
      `ipmitool finds no LAN channel: ${found[0]?.complaint}`,
      'run as root, and try "ipmitool lan print"',
    );
  }
  return firstOf(found);
}

function firstOf(channels: readonly Channel[]): Bmc {
  const reachable = channels.filter(({ address, v6address }) => address !== null || v6address !== null);
  return {
    address: channels.find(({ address }) => address !== null)?.address ?? null,
    v6address: channels.find(({ v6address }) => v6address !== null)?.v6address ?? null,
    mac: reachable.find(({ mac }) => mac !== null)?.mac ?? null,
  };
}

/** Reads the output of `ipmitool lan print`. */
function channel(output: string): Bmc {
  const address = /^IP Address\s*: (\S+)/m.exec(output)?.[1] ?? '';
  const mac = /^MAC Address\s*: ([0-9a-f]{2}(?::[0-9a-f]{2}){5})\s*$/im.exec(output)?.[1] ?? noMac;
  return {
    address: isIPv4(address) && address !== '0.0.0.0' ? address : null,
    v6address: null,
    mac: mac === noMac ? null : mac,
  };
}

/** The channel's first active IPv6 address, dynamic before static; `null` when the channel has IPv6 off. */
async function v6Address(run: Machine['run'], number: number): Promise<string | null> {
  const ask = async (what: string) => {
    const result = await run('ipmitool', ['lan6', 'print', String(number), what]);
    return result.outcome === 'exited' && result.code === 0 ? result.stdout : '';
  };
  if (!/^IPv6\/IPv4 Addressing Enables\s*:.*\b(ipv6|both)\s*$/m.test(await ask('enables'))) return null;
  return firstActive(await ask('dynamic_addr')) ?? firstActive(await ask('static_addr'));
}

/** Reads blocks of `Label: value`, each below a heading such as `IPv6 Dynamic Address 0:`. */
function firstActive(output: string): string | null {
  for (const block of output.split(/^IPv6 .*$/m)) {
    const value = (label: string) => new RegExp(`^\\s*${label}:\\s+(\\S+)`, 'm').exec(block)?.[1] ?? '';
    const inUse = value('Enabled') === 'yes' || ['DHCPv6', 'SLAAC'].includes(value('Source/Type'));
    const address = value('Address').replace(/\/\d+$/, '');
    if (inUse && value('Status') === 'active' && isIPv6(address) && address !== '::') return address;
  }
  return null;
}
