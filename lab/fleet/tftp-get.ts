import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

/** How a file is asked for. */
export interface TftpRequest {
  /** The client's own address; any that it has unless given. */
  readonly from?: string;
  /** Milliseconds to wait for a packet before the last one is sent again. */
  readonly wait: number;
  readonly signal: AbortSignal;
  /** Whether the next packet is lost. */
  readonly losesPacket: () => boolean;
}

const operation = { read: 1, data: 3, acknowledgement: 4, error: 5 } as const;
const blockSize = 512;
const tries = 8;

/**
 * Fetches a file by TFTP (RFC 1350), in blocks of 512 octets.
 *
 * @param url Such as `tftp://192.0.2.1/boot.ipxe`
 * @throws Error with what the server says, or when it does not answer in eight tries
 */
export async function tftpGet(url: URL, { from, wait, signal, losesPacket }: TftpRequest): Promise<Buffer> {
  signal.throwIfAborted();
  const socket = createSocket('udp4');
  try {
    socket.bind(0, from);
    await once(socket, 'listening');
    return await transfer();
  } finally {
    socket.close();
  }

  function transfer(): Promise<Buffer> {
    const blocks: Buffer[] = [];
    let packet = readRequest(decodeURIComponent(url.pathname.slice(1)));
    // The server takes a port of its own for each transfer.
    let to = { port: Number(url.port || 69), address: url.hostname };
    let left = tries;
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    const send = () => {
      if (left-- === 0) reject(new Error(`no answer for ${url.href} in ${tries} tries`));
      else if (!losesPacket()) socket.send(packet, to.port, to.address);
    };
    const timer = setInterval(send, wait);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', reject);
    socket.on('message', (message: Buffer, { port, address }: RemoteInfo) => {
      const [code, block] = [message.readUInt16BE(0), message.readUInt16BE(2)];
      if (losesPacket()) return;
      if (code === operation.error)
        reject(new Error(`${url.href}: ${message.toString('utf8', 4, message.length - 1)}`));
      if (code !== operation.data || block !== ((blocks.length + 1) & 0xffff)) return;
      const octets = message.subarray(4);
      blocks.push(octets);
      [packet, to, left] = [acknowledgement(block), { port, address }, tries];
      timer.refresh();
      if (octets.length < blockSize) {
        // Nobody would repeat the last one.
        socket.send(packet, port, address, () => resolve(Buffer.concat(blocks)));
      } else send();
    });
    send();
    return promise.finally(() => {
      clearInterval(timer);
      signal.removeEventListener('abort', abort);
    });
  }
}

function readRequest(name: string): Buffer {
  return Buffer.concat([Buffer.from([0, operation.read]), Buffer.from(`${name}\0octet\0`)]);
}

function acknowledgement(block: number): Buffer {
  const packet = Buffer.from([0, operation.acknowledgement, 0, 0]);
  packet.writeUInt16BE(block, 2);
  return packet;
}
