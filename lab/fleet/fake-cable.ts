import type { RawFrames } from '../../testing/raw-frames.ts';

/** What comes from a client: its MAC address, and whether it asks or takes what was offered. */
export interface AskedFrame {
  readonly mac: string;
  readonly type: 'discover' | 'request';
}

/** An answer of the server; nothing where it is silent. */
export type FakeReply = { readonly type: 'offer' | 'ack' | 'nak'; readonly address: string } | undefined;

const messageTypes = { offer: 2, ack: 5, nak: 6 };

/** Where things are in a frame that `dhcpFrame` makes: Ethernet, IPv4 without options, UDP. */
const messageAt = 14 + 20 + 8;

/** A cable with a DHCP server at its other end, that answers as it is told. */
export function fakeCable(
  answer: (asked: AskedFrame) => FakeReply,
): RawFrames & { readonly asked: AskedFrame[] } {
  const asked: AskedFrame[] = [];
  const takers: ((frame: Buffer) => void)[] = [];
  return {
    asked,
    send(frame) {
      const mac = frame
        .subarray(6, 12)
        .toString('hex')
        .replaceAll(/..(?=.)/g, '$&:');
      const type = frame[messageAt + 242] === 1 ? 'discover' : 'request';
      asked.push({ mac, type });
      const reply = answer({ mac, type });
      if (reply === undefined) return;
      setImmediate(() => {
        for (const take of takers) take(replyFrame(frame, reply));
      });
    },
    onFrame: (take) => void takers.push(take),
    close: () => {},
  };
}

/** The request, turned round. */
function replyFrame(request: Buffer, { type, address }: NonNullable<FakeReply>): Buffer {
  const frame = Buffer.from(request);
  frame.writeUInt16BE(67, messageAt - 8);
  frame.writeUInt16BE(68, messageAt - 6);
  frame[messageAt] = 2;
  frame.set(address.split('.').map(Number), messageAt + 16);
  frame.set([53, 1, messageTypes[type], 54, 4, 127, 0, 0, 1, 255], messageAt + 240);
  return frame;
}
