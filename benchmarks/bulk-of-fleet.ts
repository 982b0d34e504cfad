import { rmSync } from 'node:fs';
import { traitsOf } from '../lab/fleet/fleet-profile.ts';
import { fleetReport } from '../lab/fleet/fleet-report.ts';
import { simulateFleet } from '../lab/fleet/simulate-fleet.ts';
import { serviceProcess } from '../testing/service-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { processFigures } from './process-figures.ts';

/** A bulk run of machines that are played. */
export interface BulkOfFleet {
  readonly machines: number;
  readonly bootLimit: number;
  /** What they suffer from, as for `lab fleet --profile`. */
  readonly profile: string;
  readonly write: (line: string) => void;
}

/** Seconds; nobody waits longer for a machine that never calls back. */
const timeout = 60;
/** Seconds between two looks of the service, and some for a busy machine. */
const slack = 15;
/** As the stand-in's machines take half a second, and these take 6 s to 9 s of their own time. */
const speed = 15;

/**
 * Measures a bulk run with the simulated fleet as its machines: virtual BMCs, documents of real sizes and shapes, the agent's
 * rules for trying again. The registry is the bare metal service. No network is made: the machines call back by the loopback.
 */
export async function measureBulkOfFleet({
  machines,
  bootLimit,
  profile,
  write,
}: BulkOfFleet): Promise<void> {
  const traits = traitsOf(profile);
  const folder = temporaryFolder().path;
  const service = await serviceProcess(folder, configuration(bootLimit));
  const broken = new AbortController();
  process.once('SIGINT', () => broken.abort());
  try {
    const account = await simulateFleet({
      service: service.client.url,
      machines,
      traits,
      seed: 1,
      speed,
      start: 'bulk',
      bmcs: { host: '127.0.0.1', port: 0, addressOf: () => '127.0.0.1' },
      lateness: timeout + slack,
      patience: 24 * 3600,
      keep: false,
      signal: broken.signal,
      tell(line) {
        const { megabytes, cpuSeconds } = processFigures(service.pid);
        write(`${line} (${megabytes} MB, ${cpuSeconds.toFixed(1)} s of processor)`);
      },
    });
    write(`\n${fleetReport(account)}`);
    if (account.deviations.length > 0) process.exitCode = 1;
  } finally {
    await service.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration(bootLimit: number): string {
  return `[DEFAULT]
introspection_delay = 0
timeout = ${timeout}
clean_up_period = 2
[bare_metal]
service = registry
[database]
sqlite_synchronous = true
[processing]
processing_hooks = $default_processing_hooks,lldp_basic,local_link_connection
add_ports = all
[bulk]
boot_limit = ${bootLimit}`;
}
