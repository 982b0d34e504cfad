import { randomUUID } from 'node:crypto';
import type { OptionsOf } from '../../config/option.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { type Clock, systemClock } from '../../host/clock.ts';
import type { RunPrivileged } from '../../host/privileged-command.ts';
import type { Logger } from '../../logging/logger.ts';
import type { FilterDriver } from '../filter-driver.ts';
import { commandFrom } from './command-from.ts';
import type { dnsmasqOptions } from './dnsmasq-options.ts';
import { dnsmasqReload } from './dnsmasq-reload.ts';
import { type HostsFiles, systemFiles } from './hosts-files.ts';
import type { HostsLayout } from './hosts-layout.ts';
import { HostsdirLayout } from './hostsdir-layout.ts';
import { HostsfileLayout } from './hostsfile-layout.ts';

/** What the driver works with. */
export interface DnsmasqDriverParts {
  readonly log: Logger;
  /** Runs the commands of the options, as root. */
  readonly run: RunPrivileged;
  readonly clock?: Clock;
  readonly files?: HostsFiles;
  readonly kill?: (pid: number, signal: 'SIGHUP') => void;
}

type DnsmasqOptions = OptionsOf<typeof dnsmasqOptions.options>;

/**
 * Has dnsmasq answer only who may boot, by what it knows of hosts. dnsmasq is never started before that is in force.
 *
 * @throws InspectorError `invalid` for options that do not go together.
 */
export function dnsmasqDriver(options: DnsmasqOptions, parts: DnsmasqDriverParts): FilterDriver {
  const layout = layoutOf(options, parts);
  const start = commandFrom(options.dnsmasq_start_command);
  const stop = commandFrom(options.dnsmasq_stop_command);
  let isInLine = false;
  let isStarted = false;
  let isStopped = false;
  return {
    name: 'dnsmasq',
    async init() {
      isInLine = false;
      isStarted = false;
      isStopped = false;
      await layout.init();
    },
    async apply(access, change) {
      // A call that failed may have got anywhere: after it, the change does not say what the files lack.
      const known = isInLine ? change : undefined;
      isInLine = false;
      await layout.write(access, known);
      if (!isStarted) {
        if (start !== undefined) await parts.run(start);
        isStarted = true;
        parts.log.info('The dnsmasq PXE filter was initialized');
      }
      await layout.tell(access, known);
      isInLine = true;
    },
    async tearDown() {
      if (stop === undefined || isStopped) return;
      isStopped = true;
      try {
        await parts.run(stop);
      } catch (error) {
        parts.log.warning(`[dnsmasq_pxe_filter]dnsmasq_stop_command did not work: ${messageOf(error)}`);
      }
    },
  };
}

function layoutOf(options: DnsmasqOptions, parts: DnsmasqDriverParts): HostsLayout {
  const { log, run, clock = systemClock, files = systemFiles } = parts;
  const kill = parts.kill ?? ((pid, signal) => process.kill(pid, signal));
  const reloadCommand = commandFrom(options.dnsmasq_reload_command);
  const reload = dnsmasqReload(options.dnsmasq_pid_file, reloadCommand, { files, run, kill });
  const startsDnsmasq = options.dnsmasq_start_command.trim() !== '';
  const given = { log, clock, files, run: randomUUID(), startsDnsmasq };
  if (options.layout === 'hostsdir') return new HostsdirLayout(options, { ...given, reload });
  if (reload !== undefined) return new HostsfileLayout(options.dhcp_hostsfile, { ...given, reload });
  throw new InspectorError(
    'invalid',
    '[dnsmasq_pxe_filter]layout: expected dnsmasq_pid_file or dnsmasq_reload_command with hostsfile, got neither. Set one of them, or layout to hostsdir',
  );
}
