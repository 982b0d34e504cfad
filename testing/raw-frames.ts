import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { NetworkNamespace } from './network-namespace.ts';

const program = fileURLToPath(new URL('./raw_frames.py', import.meta.url));

/** Ethernet frames as they are on a cable, from and to any MAC address. */
export interface RawFrames {
  send(frame: Buffer): void;
  /** Each frame that comes in, not those that were sent. */
  onFrame(take: (frame: Buffer) => void): void;
  close(): void;
}

/** Plugs into an interface of a namespace. Needs Python's packet sockets, as Node has none. */
export async function openFrames(at: Pick<NetworkNamespace, 'start'>, device: string): Promise<RawFrames> {
  const socket = at.start(['/usr/bin/python3', program, device], { stdio: ['pipe', 'pipe', 'pipe'] });
  const { stdin, stdout, stderr } = socket;
  if (stdin === null || stdout === null || stderr === null) throw new Error('a program without its streams');
  const [first] = await once(stderr, 'data');
  if (!String(first).startsWith('ready')) throw new Error(`no frames from ${device}: ${first}`);
  stderr.pipe(process.stderr);
  stdin.on('error', () => {});
  const takers: ((frame: Buffer) => void)[] = [];
  stdout.on(
    'data',
    inFrames((frame) => void takers.map((take) => take(frame))),
  );
  return {
    send(frame) {
      const size = Buffer.alloc(2);
      size.writeUInt16BE(frame.length);
      stdin.write(Buffer.concat([size, frame]));
    },
    onFrame: (take) => void takers.push(take),
    close: () => void stdin.end(),
  };
}

/** Cuts what comes in pieces into frames. */
function inFrames(take: (frame: Buffer) => void): (piece: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    for (let end = 0; rest.length >= 2; rest = rest.subarray(end)) {
      end = 2 + rest.readUInt16BE(0);
      if (rest.length < end) return;
      take(rest.subarray(2, end));
    }
  };
}
