import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { startProgress } from '../../src/commands/demo/progress.ts';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { withoutNamespaces } from '../../testing/network-namespace.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { CommandEnded } from '../commands/command-ended.ts';
import type { LabCommand } from '../commands/lab-command.ts';
import type { LabConsole } from '../lab-console.ts';
import { installPackages } from '../setup/install-packages.ts';
import { filterDrivers } from '../setup/lab-settings.ts';
import { missingPackages } from '../setup/needed-packages.ts';
import type { FleetAccount } from './fleet-account.ts';
import { mostFleetMachines } from './fleet-network.ts';
import { profileNames, traitsOf } from './fleet-profile.ts';
import type { FleetOrder } from './fleet-program.ts';
import { fleetReport } from './fleet-report.ts';
import { cleanUpPeriod, type SiteSettings } from './fleet-service-configuration.ts';
import { openFleetSite } from './fleet-site.ts';
import { startWays } from './introspect-fleet.ts';

interface FleetCommandOptions
  extends SiteSettings,
    Pick<FleetOrder, 'machines' | 'profile' | 'seed' | 'speed' | 'start' | 'patience'> {
  /** Folder for all that is left. */
  readonly keep?: string;
  readonly json: boolean;
}

/** `lab fleet` */
export const fleetCommand: LabCommand = (program, on) => {
  const choice = (flags: string, help: string, choices: readonly string[]) =>
    new Option(flags, help).choices(choices).default(choices[0]);
  const number = (least: number, most: number) => (text: string) => numberIn(text, least, most);
  program
    .command('fleet')
    .description(
      'plays any number of machines in a network of their own, with a service that introspects them',
    )
    .option('--machines <number>', 'how many', number(1, mostFleetMachines), 100)
    .option(
      '--profile <names>',
      `what they suffer from: ${profileNames.join(', ')}, or several with commas`,
      'normal',
    )
    .addOption(choice('--driver <name>', 'PXE filter', filterDrivers))
    .addOption(choice('--start <way>', 'a bulk run, or a request for each node', startWays))
    .option('--boot-limit <number>', 'machines that a bulk run lets boot at once', number(1, 100_000), 100)
    .option('--timeout <seconds>', 'after which introspections time out', number(1, 86_400), 180)
    .option('--patience <seconds>', 'after which the fleet is broken off', number(1, 86_400), 3600)
    .option('--seed <number>', 'the same number gives the same machines', number(0, 2 ** 32 - 1), 1)
    .option('--speed <factor>', 'how many times as fast as real ones they boot', number(1, 1000), 1)
    .option(
      '--second-dhcp',
      'a DHCP server of the deployment on the same network, and more machines, which are its; who answers whom is checked',
      false,
    )
    .option('--keep <folder>', 'keeps logs, account and the database with the nodes there')
    .option('--json', 'the account as JSON, and progress on standard error', false)
    .action((options: FleetCommandOptions) => playFleet(options, on));
};

/** Seconds that a busy service may take to look for introspections that have timed out. */
const slack = 15;

/** Ends with code 1 when a machine ended otherwise than expected, with 130 when it is interrupted. */
async function playFleet(options: FleetCommandOptions, on: LabConsole): Promise<void> {
  // Refused before anything is started.
  traitsOf(options.profile);
  const kept = options.keep === undefined ? undefined : on.pathOf(options.keep);
  if (kept !== undefined) requireNewFolder(kept);
  requirePackages(options, on);
  if (kept !== undefined) mkdirSync(kept, { recursive: true });
  const folder = kept ?? temporaryFolder().path;
  const progress = startProgress(options.json ? { now: on.now, write: on.tell } : on);
  progress.tell('Starting service and DHCP');
  const site = await openFleetSite(folder, options);
  const interrupted = Promise.withResolvers<never>();
  const interrupt = () => interrupted.reject(new CommandEnded(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  try {
    const played = site.play(orderOf(options), progress.tell);
    const account = await Promise.race([played, interrupted.promise]);
    writeFileSync(join(folder, 'account.json'), `${JSON.stringify(account, undefined, 2)}\n`);
    on.write(options.json ? `${JSON.stringify(account)}\n` : `\n${fleetReport(account)}`);
    judge(account);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
    await site.close();
  }
}

function orderOf({
  machines,
  profile,
  seed,
  speed,
  start,
  patience,
  timeout,
  keep,
}: FleetCommandOptions): FleetOrder {
  const lateness = timeout + cleanUpPeriod + slack;
  return { machines, profile, seed, speed, start, patience, lateness, keep: keep !== undefined };
}

function judge({ deviations }: FleetAccount): void {
  if (deviations.length > 0) throw new CommandEnded(1);
}

function requirePackages({ driver }: SiteSettings, on: LabConsole): void {
  const filters = driver === 'nftables' || driver === 'iptables' ? [driver] : [];
  const missing = missingPackages(
    ['dnsmasq-base', 'iproute2', 'python3', 'util-linux', ...filters],
    on.attempt,
  );
  if (missing.length > 0 && on.userId === 0) installPackages(missing, on.attempt);
  else if (missing.length > 0) {
    throw new InspectorError(
      'unavailable',
      `Expected the packages ${missing.join(', ')}: sudo apt-get install ${missing.join(' ')}`,
    );
  }
  const without = withoutNamespaces();
  if (without !== false) throw new InspectorError('unavailable', `A fleet ${without}. Run it as root.`);
}

function requireNewFolder(path: string): void {
  if (!existsSync(path) || readdirSync(path).length === 0) return;
  throw new InspectorError(
    'conflict',
    `Expected an empty folder for --keep, or none yet; ${path} has something in it.`,
  );
}

function numberIn(text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
}
