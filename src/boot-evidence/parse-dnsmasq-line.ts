import { isIP } from 'node:net';
import { isMacAddress } from '../inventory/mac-address.ts';
import type { JsonObject } from '../json/json-value.ts';
import { cutText } from '../logging/cut-text.ts';
import { escapeControl } from '../logging/escape-control.ts';
import type { StageName } from '../nodes/stage.ts';

/** What a line of dnsmasq's log says was done for a machine. */
export interface BootEvent {
  readonly stage: StageName;
  /** Lower case; DHCP names it. */
  readonly mac?: string;
  /** TFTP names it alone; a lease says whose it is. */
  readonly ip?: string;
  readonly evidence: JsonObject;
}

/**
 * `Nov 22 23:34:19 dnsmasq-dhcp[13663]: `, with a host name and any date where syslog writes it. What comes after is
 * partly chosen by machines, and so are lines of other programs: nothing but words may stand before.
 */
const mark = /^(?:[^\s[\]]{0,99}[^\s[\]:] {1,2}){0,6}dnsmasq-(dhcp|tftp)(?:\[\d{1,10}\])?: (.*)$/;

/** With `log-dhcp` a number comes first. The address is missing where the machine asks for none. */
const dhcp =
  /^(?:\d{1,10} )?DHCP([A-Z]+)\(([^\s()]{1,15})\) (?:([\d.]{7,15}) )?([0-9a-fA-F:]{17})(?: (.*))?$/;

const sent = /^sent (\/.*) to (\S{2,45})$/;
const missing = /^file (\/.*) not found for (\S{2,45})$/;

/** UTF-16 units of a file's name that are kept. */
const longestName = 200;

/** `undefined` for a line that says nothing of a machine's boot. */
export function parseDnsmasqLine(line: string): BootEvent | undefined {
  const [, part, message = ''] = mark.exec(line) ?? [];
  if (part === 'dhcp') return dhcpEvent(message);
  return part === 'tftp' ? tftpEvent(message) : undefined;
}

const dhcpStages: ReadonlyMap<string, StageName> = new Map([
  ['DISCOVER', 'dhcp-request-seen'],
  ['REQUEST', 'dhcp-request-seen'],
  ['OFFER', 'dhcp-offer-sent'],
  ['ACK', 'dhcp-lease-given'],
]);

function dhcpEvent(message: string): BootEvent | undefined {
  const [, type = '', device, ip, mac = '', rest = ''] = dhcp.exec(message) ?? [];
  const known = dhcpStages.get(type);
  if (known === undefined || !isMacAddress(mac) || (ip !== undefined && isIP(ip) !== 4)) return undefined;
  // After the address of a lease comes a name that the machine has chosen.
  const ignored = known === 'dhcp-request-seen' && rest.trim() === 'ignored';
  const stage = ignored ? 'dhcp-request-ignored' : known;
  const address = mac.toLowerCase();
  const evidence = { mac: address, interface: device ?? null, ip: ip ?? null, message: `DHCP${type}` };
  return { stage, mac: address, ...(ip === undefined ? {} : { ip }), evidence };
}

function tftpEvent(message: string): BootEvent | undefined {
  const [, file, ip] = sent.exec(message) ?? [];
  if (file !== undefined && ip !== undefined) return fileEvent('boot-file-fetched', file, ip);
  const [, unknown, from] = missing.exec(message) ?? [];
  return unknown === undefined || from === undefined
    ? undefined
    : fileEvent('boot-file-missing', unknown, from);
}

function fileEvent(stage: StageName, file: string, ip: string): BootEvent | undefined {
  if (isIP(ip) === 0) return undefined;
  return { stage, ip, evidence: { file: cutText(escapeControl(file), longestName), ip } };
}
