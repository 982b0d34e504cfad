import type { Clock } from '../../host/clock.ts';
import type { Logger } from '../../logging/logger.ts';
import type { Access, AccessChange } from '../access.ts';
import type { DnsmasqReload } from './dnsmasq-reload.ts';
import type { HostsFiles } from './hosts-files.ts';

/** A way of keeping dnsmasq's hosts in files. */
export interface HostsLayout {
  /** As `FilterDriver.init`. */
  init(): Promise<void>;
  /**
   * Brings the files in line; as `FilterDriver.apply`, but that dnsmasq may have to be told.
   *
   * @param change What is other than at the last call, after which all worked. Without it, the files are looked at.
   */
  write(access: Access, change?: AccessChange): Promise<void>;
  /**
   * Lets dnsmasq, which is running, read what it does not notice by itself. Called after each `write` that worked.
   *
   * @throws InspectorError `unavailable` when dnsmasq goes by what it has read before.
   */
  tell(access: Access, change?: AccessChange): Promise<void>;
}

/** What a layout works with. */
export interface HostsLayoutParts {
  readonly log: Logger;
  readonly clock: Clock;
  readonly files: HostsFiles;
  /** Tells the temporary files of one run from those of others. */
  readonly run: string;
  /** Nothing where the service is not told how dnsmasq is signalled. */
  readonly reload: DnsmasqReload | undefined;
  /** Whether the service starts dnsmasq, which is then not running before the first `tell`. */
  readonly startsDnsmasq: boolean;
}
