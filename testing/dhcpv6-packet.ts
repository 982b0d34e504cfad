import { internetChecksum, macOf, octetsOfMac } from './dhcp-packet.ts';

/** What a DHCPv6 server answers to a SOLICIT. */
export interface Dhcpv6Reply {
  /** ADVERTISE is 2, REPLY 7; RFC 8415. */
  readonly type: number;
  readonly xid: number;
}

const header = { ethernet: 14, ipv6: 40 };
const protocol = { udp: 17, icmp6: 58 };
const allServers = Buffer.from('ff020000000000000000000000010002', 'hex');

/** A SOLICIT for one address, as an Ethernet frame; the client's DUID and link-local address are made of its MAC. */
export function solicitFrame(mac: string, xid: number): Buffer {
  const duid = Buffer.concat([Buffer.from([0, 3, 0, 1]), octetsOfMac(mac)]);
  const message = Buffer.concat([
    Buffer.from([1, (xid >> 16) & 0xff, (xid >> 8) & 0xff, xid & 0xff]),
    optionOf(1, duid),
    optionOf(8, Buffer.alloc(2)),
    optionOf(3, Buffer.concat([octetsOfMac(mac).subarray(2), Buffer.alloc(8)])),
  ]);
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(546, 0);
  udp.writeUInt16BE(547, 2);
  udp.writeUInt16BE(8 + message.length, 4);
  const between = { source: linkLocal(mac), destination: allServers };
  const payload = withChecksum(Buffer.concat([udp, message]), 6, protocol.udp, between);
  return ipv6Frame(mac, '33:33:00:01:00:02', protocol.udp, between, payload);
}

/** What a frame says, when it is an answer of a DHCPv6 server. */
export function parseDhcpv6Reply(frame: Buffer): Dhcpv6Reply | undefined {
  const at = header.ethernet + header.ipv6;
  if (!isIpv6(frame, protocol.udp) || frame.length < at + 12 || frame.readUInt16BE(at) !== 547)
    return undefined;
  return { type: frame.readUInt8(at + 8), xid: frame.readUIntBE(at + 9, 3) };
}

/**
 * The neighbour advertisement (RFC 4861) that a frame asks for, when it asks for one of these clients: a server sends
 * its answer to the client's link-local address.
 */
export function neighbourAnswer(frame: Buffer, macs: ReadonlySet<string>): Buffer | undefined {
  const at = header.ethernet + header.ipv6;
  if (!isIpv6(frame, protocol.icmp6) || frame.length < at + 24 || frame[at] !== 135) return undefined;
  const target = frame.subarray(at + 8, at + 24);
  const mac = macOfLinkLocal(target);
  if (!macs.has(mac)) return undefined;
  const advertisement = Buffer.concat([
    // Solicited, overriding.
    Buffer.from([136, 0, 0, 0, 0x60, 0, 0, 0]),
    target,
    Buffer.from([2, 1]),
    octetsOfMac(mac),
  ]);
  const between = { source: target, destination: frame.subarray(22, 38) };
  const payload = withChecksum(advertisement, 2, protocol.icmp6, between);
  return ipv6Frame(mac, macOf(frame.subarray(6, 12)), protocol.icmp6, between, payload);
}

interface Between {
  readonly source: Buffer;
  readonly destination: Buffer;
}

function ipv6Frame(from: string, to: string, next: number, between: Between, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt8(0x60, 0);
  head.writeUInt16BE(payload.length, 4);
  head.set([next, 255], 6);
  const ethernet = [octetsOfMac(to), octetsOfMac(from), Buffer.from([0x86, 0xdd])];
  return Buffer.concat([...ethernet, head, between.source, between.destination, payload]);
}

/** RFC 8200, 8.1: over a pseudo-header as well. */
function withChecksum(payload: Buffer, at: number, next: number, between: Between): Buffer {
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(payload.length, 0);
  pseudo.writeUInt8(next, 7);
  const sum = internetChecksum(Buffer.concat([between.source, between.destination, pseudo, payload]));
  payload.writeUInt16BE(sum, at);
  return payload;
}

function isIpv6(frame: Buffer, next: number): boolean {
  return frame.length >= 54 && frame.readUInt16BE(12) === 0x86dd && frame[20] === next;
}

function optionOf(code: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(code, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** The modified EUI-64 of RFC 4291, appendix A, below fe80::/64. */
function linkLocal(mac: string): Buffer {
  const octets = octetsOfMac(mac);
  octets.writeUInt8(octets.readUInt8(0) ^ 2, 0);
  const prefix = Buffer.from('fe80000000000000', 'hex');
  return Buffer.concat([prefix, octets.subarray(0, 3), Buffer.from([0xff, 0xfe]), octets.subarray(3)]);
}

function macOfLinkLocal(address: Buffer): string {
  const octets = Buffer.concat([address.subarray(8, 11), address.subarray(13, 16)]);
  octets.writeUInt8(octets.readUInt8(0) ^ 2, 0);
  return macOf(octets);
}
