import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { fetchBootFile } from './fetch-boot-file.ts';

const file = Buffer.alloc(1024, 'boot');
const on = { from: '127.0.0.5', wait: 5000, signal: new AbortController().signal, losesPacket: () => false };

/** A TFTP server with one file, which sends again what is asked for again. */
async function tftpServer(t: TestContext): Promise<{ url: URL; packets: Buffer[]; from: string[] }> {
  const packets: Buffer[] = [];
  const from: string[] = [];
  const bound = async (socket: Socket) => {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    t.after(() => socket.close());
    return socket;
  };
  const [listening, transfer] = [await bound(createSocket('udp4')), await bound(createSocket('udp4'))];
  const onPacket = (packet: Buffer, { port, address }: { port: number; address: string }) => {
    packets.push(packet);
    from.push(address);
    const isMissing = packet.includes('missing');
    if (isMissing) return transfer.send(Buffer.from('\0\x05\0\x01no such file\0'), port, address);
    const block = packet[1] === 1 ? 1 : packet.readUInt16BE(2) + 1;
    if (block > 3) return undefined;
    const head = Buffer.from([0, 3, 0, block]);
    return transfer.send(Buffer.concat([head, file.subarray(512 * (block - 1), 512 * block)]), port, address);
  };
  for (const socket of [listening, transfer]) socket.on('message', onPacket);
  return { url: new URL(`tftp://127.0.0.1:${listening.address().port}/boot%20file`), packets, from };
}

describe('fetchBootFile by TFTP', () => {
  it('fetches block by block, from the address of the machine', async (t) => {
    const { url, packets, from } = await tftpServer(t);

    assert.deepEqual(await fetchBootFile(url, on), file);

    assert.equal(packets[0]?.toString('latin1'), '\0\x01boot file\0octet\0');
    assert.equal(packets[1]?.toString('latin1'), '\0\x04\0\x01');
    assert.deepEqual(new Set(from), new Set(['127.0.0.5']));
  });

  it('goes on when packets are lost, in either direction', async (t) => {
    const { url } = await tftpServer(t);
    const losses = [true, false, true, false, false, true];

    assert.deepEqual(
      await fetchBootFile(url, { ...on, wait: 30, losesPacket: () => losses.shift() ?? false }),
      file,
    );

    assert.deepEqual(losses, []);
  });

  it('says what the server says', async (t) => {
    const { url } = await tftpServer(t);

    await assert.rejects(fetchBootFile(new URL('/missing', url), on), /missing: no such file/);
  });

  it('gives up on a silent server, and when the machine is switched off', async (t) => {
    const { url } = await tftpServer(t);

    const silent = fetchBootFile(url, { ...on, wait: 2, losesPacket: () => true });
    await assert.rejects(silent, /no answer for tftp:.* in 8 tries/);
    const power = new AbortController();
    const going = fetchBootFile(url, { ...on, wait: 60_000, losesPacket: () => true, signal: power.signal });
    setTimeout(() => power.abort(), 20);
    await assert.rejects(going, { name: 'AbortError' });
  });
});

describe('fetchBootFile by HTTP', () => {
  it('fetches what is there', async (t) => {
    const from: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      from.push(request.socket.remoteAddress);
      response.writeHead(request.url === '/boot.ipxe' ? 200 : 404).end(file);
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { from: _, ...anywhere } = on;

    assert.deepEqual(await fetchBootFile(new URL(`http://127.0.0.1:${port}/boot.ipxe`), on), file);
    const missing = fetchBootFile(new URL(`http://127.0.0.1:${port}/other`), anywhere);
    await assert.rejects(missing, /other answered 404/);
    assert.deepEqual(from, ['127.0.0.5', '127.0.0.1']);
  });
});
