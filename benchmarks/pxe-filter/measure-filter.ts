import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Access, AccessChange } from '../../src/pxe-filter/access.ts';
import { dhcpFrame, parseDhcpReply } from '../../testing/dhcp-packet.ts';
import { Prober } from '../../testing/pxe-race/prober.ts';
import { openRaceNetwork, ourServer, type RaceNetwork } from '../../testing/pxe-race/race-network.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type MeasuredFilter, openFilter } from './filters.ts';

/** Milliseconds. */
export interface FilterFigures {
  /** From a filter that lets nobody in to one with all MAC addresses. */
  readonly fullSync: number;
  /** The whole once more, when all is in force already: what a periodic sync takes. */
  readonly idleSync: number;
  /** From the call for a change of one MAC address until the first packet goes out that is answered; each. */
  readonly inEffect: readonly number[];
  /** Until that call returns, each. */
  readonly change: readonly number[];
}

/** A machine that the other server answers. */
const elsewhere = '52:54:00:5e:00:02';

/** Milliseconds. */
const longestWait = 60_000;

/** Milliseconds between two packets of the machine that is to be let in. */
const packetPeriod = 0.5;

/** Measures one of our drivers with so many machines that are denied, in the network namespace of this process. */
export async function measureFilter(
  name: MeasuredFilter,
  size: number,
  changes: number,
): Promise<FilterFigures> {
  const folder = temporaryFolder().path;
  const { server, driver } = openFilter(name, folder);
  const network = await openRaceNetwork(folder, server);
  network.deploys(elsewhere, true);
  const prober = new Prober(network, elsewhere);
  try {
    await driver.init();
    const denied = new Set(Array.from({ length: size }, (_, index) => numberedMac(index)));
    const allowed = new Set<string>([numberedMac(0xffffff)]);
    const access: Access = { mode: 'deny-list', allowed, denied };
    const fullSync = await timeOf(() => driver.apply(access));
    const idleSync = await timeOf(() => driver.apply(access));
    const inEffect: number[] = [];
    const change: number[] = [];
    for (let index = 0; index < changes; index += 1) {
      const mac = numberedMac(Math.floor((index * size) / changes));
      await untilRefused(prober, mac);
      move(mac, denied, allowed);
      const letIn: AccessChange = { allow: [mac], deny: [], forget: [], modeWas: 'deny-list' };
      const answered = firstAnswered(network, mac);
      change.push(await timeOf(() => driver.apply(access, letIn)));
      inEffect.push(await answered);
      move(mac, allowed, denied);
      const shutOut: AccessChange = { allow: [], deny: [mac], forget: [], modeWas: 'deny-list' };
      change.push(await timeOf(() => driver.apply(access, shutOut)));
    }
    return { fullSync, idleSync, inEffect, change };
  } finally {
    await driver.tearDown();
    await network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** dnsmasq may be at the files of a full sync for a while after the call has returned. */
async function untilRefused(prober: Prober, mac: string): Promise<void> {
  const deadline = performance.now() + longestWait;
  while ((await prober.ask([mac])).get(mac)?.ours !== false) {
    if (performance.now() > deadline) throw new Error(`${mac} is answered a minute after it was denied`);
    await wait(10);
  }
}

/** Milliseconds from now until the machine sends the first packet that our server answers. */
async function firstAnswered({ frames }: RaceNetwork, mac: string): Promise<number> {
  const begun = performance.now();
  const sent = new Map<number, number>();
  const found: number[] = [];
  frames.onFrame((frame) => {
    const reply = parseDhcpReply(frame);
    const at = reply?.mac === mac && reply.server === ourServer ? sent.get(reply.xid) : undefined;
    if (at !== undefined) found.push(at);
  });
  while (found.length === 0) {
    const xid = 1 + Math.floor(Math.random() * 0xfffffffe);
    sent.set(xid, performance.now() - begun);
    frames.send(dhcpFrame({ type: 'discover', xid, from: mac, mac }));
    await wait(packetPeriod);
    if (performance.now() - begun > longestWait)
      throw new Error(`${mac} is not answered within a minute of the change`);
  }
  // Answers come in the order of the packets, so the first one is that of the first packet.
  return found[0] ?? Number.NaN;
}

function move(mac: string, from: Set<string>, to: Set<string>): void {
  from.delete(mac);
  to.add(mac);
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** @param index Below 16,777,216. */
export function numberedMac(index: number): string {
  const digits = index.toString(16).padStart(6, '0');
  return `52:54:00:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4)}`;
}
