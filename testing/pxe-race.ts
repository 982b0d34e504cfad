/**
 * The proof that the right DHCP server answers each machine and the wrong one never does, with real packets: two DHCP
 * servers, our service as a process with a PXE filter, and random schedules of what happens to machines and to the
 * service, compared with a model.
 *
 *     node testing/pxe-race.ts --driver nftables|iptables|dnsmasq|dnsmasq-hostsfile [--schedules 10000] [--seed 1]
 *       [--seconds N] [--progress N]
 *
 * Schedule i has the seed `--seed` + i; one that failed is run alone by its own seed with `--schedules 1`. Everything is
 * in network namespaces of its own. At the end, the numbers come as one line of JSON; the exit code is 1 when anything
 * was wrong, and what it was is on standard error.
 */
import { fileURLToPath } from 'node:url';
import { inspect, parseArgs } from 'node:util';
import { inOwnNetwork, insideOwnNetwork } from './own-network.ts';
import { type FilterName, filterNames } from './pxe-race/race-filter.ts';
import { RaceNumbers } from './pxe-race/race-numbers.ts';
import { openRaceWorld } from './pxe-race/race-world.ts';

/** So many schedules may fail before it is given up. */
const mostFailures = 10;

const { values } = parseArgs({
  options: {
    driver: { type: 'string' },
    schedules: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '1000000' },
    progress: { type: 'string', default: '100' },
    [insideOwnNetwork]: { type: 'boolean', default: false },
  },
});

// Only a process that exits by itself takes along those that it started.
if (values[insideOwnNetwork]) process.once('SIGTERM', () => process.exit(1));

if (values[insideOwnNetwork]) await runSchedules();
else process.exitCode = inOwnNetwork(fileURLToPath(import.meta.url), process.argv.slice(2));

async function runSchedules(): Promise<void> {
  const driver = filterNamed(values.driver);
  const first = Number(values.seed);
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const sum = new RaceNumbers();
  const failed: number[] = [];
  let world = await openRaceWorld(driver);
  let done = 0;
  while (done < Number(values.schedules) && seconds() < Number(values.seconds)) {
    const seed = first + done;
    try {
      await world.run(seed);
    } catch (error) {
      failed.push(seed);
      process.stderr.write(`schedule ${seed} of ${driver}: ${inspect(error)}\n${world.report()}\n`);
      if (failed.length >= mostFailures) break;
      sum.add(world);
      await world.close();
      world = await openRaceWorld(driver);
    }
    done += 1;
    if (done % Number(values.progress) === 0) {
      process.stderr.write(
        `${driver}: ${done} schedules, ${failed.length} failed, ${seconds().toFixed(0)} s\n`,
      );
    }
  }
  sum.add(world);
  await world.close();
  const result = {
    driver,
    seed: first,
    schedules: done,
    failed,
    seconds: Math.round(seconds()),
    ...sum.result(),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (failed.length > 0) process.exitCode = 1;
}

function filterNamed(name: string | undefined): FilterName {
  const found = filterNames.find((each) => each === name);
  if (found !== undefined) return found;
  throw new Error(`--driver: expected one of ${filterNames.join(', ')}, got ${name}`);
}
