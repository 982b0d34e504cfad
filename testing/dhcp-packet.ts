/** A request of a DHCP client or relay, RFC 2131. */
export interface DhcpRequest {
  /** DHCPDISCOVER, or DHCPREQUEST of an address that a server has offered. */
  readonly type: 'discover' | 'request';
  readonly xid: number;
  /** Source of the Ethernet frame. */
  readonly from: string;
  /** `chaddr`: the client, also behind a relay. */
  readonly mac: string;
  /** For a request: what was offered, and by whom. */
  readonly offered?: { readonly address: string; readonly server: string };
  /** The relay it comes by; its own address and MAC address, and those of the server. */
  readonly relay?: { readonly address: string; readonly server: string; readonly serverMac: string };
}

/** What a DHCP server answers. */
export interface DhcpReply {
  readonly type: 'offer' | 'ack' | 'nak';
  readonly xid: number;
  readonly mac: string;
  /** The client's. */
  readonly address: string;
  /** Option 54. */
  readonly server: string;
}

const cookie = Buffer.from([99, 130, 83, 99]);
const option = { requestedAddress: 50, messageType: 53, server: 54, parameters: 55, end: 255 };
const messageType = { discover: 1, request: 3 };
const replyTypes = new Map<number | undefined, DhcpReply['type']>([
  [2, 'offer'],
  [5, 'ack'],
  [6, 'nak'],
]);

/** As an Ethernet frame. */
export function dhcpFrame(request: DhcpRequest): Buffer {
  const { from, relay } = request;
  const message = dhcpMessage(request);
  const ports = { source: relay === undefined ? 68 : 67, destination: 67 };
  const packet = ipv4Packet(
    { source: relay?.address ?? '0.0.0.0', destination: relay?.server ?? '255.255.255.255' },
    udpDatagram(ports, message),
  );
  const ethernet = Buffer.concat([octetsOfMac(relay?.serverMac ?? 'ff:ff:ff:ff:ff:ff'), octetsOfMac(from)]);
  return Buffer.concat([ethernet, Buffer.from([0x08, 0x00]), packet]);
}

function dhcpMessage({ type, xid, mac, offered, relay }: DhcpRequest): Buffer {
  const head = Buffer.alloc(236);
  head.set([1, 1, 6, relay === undefined ? 0 : 1]);
  head.writeUInt32BE(xid, 4);
  // Answers by broadcast: nobody answers ARP requests for the addresses here.
  head.writeUInt16BE(0x8000, 10);
  if (relay !== undefined) head.set(octetsOfAddress(relay.address), 24);
  head.set(octetsOfMac(mac), 28);
  const wanted =
    offered === undefined
      ? []
      : [
          optionOf(option.requestedAddress, octetsOfAddress(offered.address)),
          optionOf(option.server, octetsOfAddress(offered.server)),
        ];
  const options = [
    optionOf(option.messageType, [messageType[type]]),
    ...wanted,
    optionOf(option.parameters, [1, 3]),
    Buffer.from([option.end]),
  ];
  return Buffer.concat([head, cookie, ...options], 300);
}

function optionOf(code: number, value: Iterable<number>): Buffer {
  const octets = [...value];
  return Buffer.from([code, octets.length, ...octets]);
}

/** Without a checksum, as RFC 768 permits. */
function udpDatagram(ports: { source: number; destination: number }, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(ports.source, 0);
  head.writeUInt16BE(ports.destination, 2);
  head.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([head, payload]);
}

function ipv4Packet(between: { source: string; destination: string }, payload: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.set([0x45, 0x10]);
  head.writeUInt16BE(20 + payload.length, 2);
  head.set([64, 17], 8);
  head.set(octetsOfAddress(between.source), 12);
  head.set(octetsOfAddress(between.destination), 16);
  head.writeUInt16BE(internetChecksum(head), 10);
  return Buffer.concat([head, payload]);
}

/** RFC 1071. */
export function internetChecksum(octets: Buffer): number {
  const even = octets.length % 2 === 0 ? octets : Buffer.concat([octets, Buffer.alloc(1)]);
  let sum = 0;
  for (let at = 0; at < even.length; at += 2) sum += even.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

/** What a frame says, when it is an answer of a DHCP server. */
export function parseDhcpReply(frame: Buffer): DhcpReply | undefined {
  if (frame.length < 282 || frame.readUInt16BE(12) !== 0x0800 || frame[23] !== 17) return undefined;
  const udp = 14 + 4 * ((frame[14] ?? 0) & 0x0f);
  const message = frame.subarray(udp + 8);
  if (frame.readUInt16BE(udp) !== 67 || message[0] !== 2 || !message.subarray(236, 240).equals(cookie)) {
    return undefined;
  }
  const options = optionsOf(message.subarray(240));
  const type = replyTypes.get(options.get(option.messageType)?.[0]);
  if (type === undefined) return undefined;
  return {
    type,
    xid: message.readUInt32BE(4),
    mac: macOf(message.subarray(28, 34)),
    address: addressOf(message.subarray(16, 20)),
    server: addressOf(options.get(option.server) ?? Buffer.alloc(4)),
  };
}

function optionsOf(octets: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at < octets.length && octets[at] !== option.end; ) {
    const [code = 0, length = 0] = octets.subarray(at, at + 2);
    if (code !== 0) found.set(code, octets.subarray(at + 2, at + 2 + length));
    at += code === 0 ? 1 : 2 + length;
  }
  return found;
}

/** `52:54:00:00:00:01` as six octets. */
export function octetsOfMac(mac: string): Buffer {
  return Buffer.from(mac.replaceAll(':', ''), 'hex');
}

/** Six octets as `52:54:00:00:00:01`. */
export function macOf(octets: Buffer): string {
  return [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}

function octetsOfAddress(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

function addressOf(octets: Buffer): string {
  return [...octets].join('.');
}
