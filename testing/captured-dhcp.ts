import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { NetworkNamespace } from './network-namespace.ts';

/** A DHCP message that went by. */
export interface CapturedDhcp {
  /** `Discover`, `Offer`, `Request`, `ACK`. */
  readonly type: string;
  readonly mac: string;
}

/** What tcpdump sees of DHCP on an interface. */
export interface DhcpCapture {
  /** So far, in order. */
  readonly messages: readonly CapturedDhcp[];
  stop(): Promise<void>;
}

/** Starts to look at all DHCP on an interface. */
export async function captureDhcp(at: NetworkNamespace, device: string): Promise<DhcpCapture> {
  const words = [
    'tcpdump',
    '-i',
    device,
    '-l',
    '-n',
    '-vvv',
    '--immediate-mode',
    'udp port 67 or udp port 68',
  ];
  const capture: ChildProcess = at.start(words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const messages: CapturedDhcp[] = [];
  let mac = '';
  if (capture.stdout === null || capture.stderr === null) throw new Error('tcpdump without its output');
  createInterface({ input: capture.stdout }).on('line', (line) => {
    mac = /Client-Ethernet-Address ([0-9a-f:]+)/.exec(line)?.[1] ?? mac;
    const type = /DHCP-Message .*: (\w+)$/.exec(line.trim())?.[1];
    if (type !== undefined) messages.push({ type, mac });
  });
  // It tells so when it listens.
  for await (const text of capture.stderr.iterator({ destroyOnReturn: false })) {
    if (String(text).includes('listening on')) break;
  }
  capture.stderr.resume();
  return {
    messages,
    async stop() {
      capture.kill();
      await once(capture, 'exit');
    },
  };
}
