/**
 * Plays a fleet in the network namespace that it is started in. What to play comes as a line of JSON on standard input; at the
 * end of that, the fleet is broken off. What is done and what came of it goes to standard output, a line of JSON each.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { InspectorError, messageOf } from '../../src/errors/inspector-error.ts';
import { openFrames } from '../../testing/raw-frames.ts';
import type { FleetAccount } from './fleet-account.ts';
import { fleetBmcAddress, fleetNetwork } from './fleet-network.ts';
import { traitsOf } from './fleet-profile.ts';
import { type FleetOptions, simulateFleet } from './simulate-fleet.ts';

/** What to play. */
export interface FleetOrder
  extends Pick<FleetOptions, 'machines' | 'seed' | 'speed' | 'start' | 'lateness' | 'patience' | 'keep'> {
  /** One or several profiles, as for `--profile`. */
  readonly profile: string;
  /** Folder of the deployment's DHCP server, where there is one. */
  readonly deploymentHosts?: string;
}

/** What is told, a line each; one of the last two comes at the end. */
export type FleetTold =
  | { readonly line: string }
  | { readonly account: FleetAccount }
  | { readonly failure: string };

const tell = (told: FleetTold) => process.stdout.write(`${JSON.stringify(told)}\n`);
const broken = new AbortController();
const input = createInterface({ input: process.stdin });
input.once('close', () => broken.abort());
input.once('line', (line: string) => void play(JSON.parse(line) as FleetOrder));

async function play({ profile, deploymentHosts: hosts, ...order }: FleetOrder): Promise<void> {
  const { serviceUrl: service, bootFile, bmcPort: port, device } = fleetNetwork;
  const here = {
    start: ([program = '', ...words]: readonly string[], options = {}) => spawn(program, words, options),
  };
  const frames = await openFrames(here, device);
  const deployment = hosts === undefined ? undefined : { address: fleetNetwork.deployment, hosts };
  try {
    const account = await simulateFleet({
      ...order,
      service,
      traits: traitsOf(profile),
      bmcs: { host: '0.0.0.0', port, addressOf: fleetBmcAddress },
      network: { frames, bootFile, deployment },
      signal: broken.signal,
      tell: (line) => void tell({ line }),
    });
    tell({ account });
  } catch (error) {
    tell({
      failure:
        error instanceof InspectorError ? error.message : `${messageOf(error)}\n${(error as Error).stack}`,
    });
  } finally {
    frames.close();
    input.close();
  }
}
