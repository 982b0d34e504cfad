import { DatabaseSync } from 'node:sqlite';
import { eventually, type ServiceClient } from '../service-client.ts';
import { databaseIn, type ServiceProcess, serviceProcess } from '../service-process.ts';
import type { RaceFilter } from './race-filter.ts';
import type { Variant } from './race-model.ts';

/** Milliseconds between two looks for a sync. */
const lookPeriod = 50;

const variantOptions: Readonly<Record<Variant, string>> = {
  'deny-list': '',
  'allow-list': '[pxe_filter]\ndeny_unknown_macs = true\n',
  discovery: '[processing]\nnode_not_found_hook = enroll\n',
};

const usual = `[DEFAULT]
clean_up_period = 1
[pxe_filter]
sync_period = 1
keep_on_exit = true
[processing]
add_ports = all
keep_ports = all
`;

/** Our service as a process that is ended and started again. */
export class RaceService {
  /** Times that the service has been started, by how it was ended before. */
  readonly starts = { first: 0, SIGTERM: 0, SIGKILL: 0 };
  /** Full syncs that were seen; there may have been more. */
  syncs = 0;
  readonly #folder: string;
  readonly #filter: RaceFilter;
  #process: ServiceProcess | undefined;
  #database: DatabaseSync | undefined;
  #looking: NodeJS.Timeout | undefined;
  #lastSuccess = '';

  constructor(folder: string, filter: RaceFilter) {
    this.#folder = folder;
    this.#filter = filter;
  }

  get client(): ServiceClient {
    return this.#running.client;
  }

  get log(): string {
    return this.#process?.log() ?? '';
  }

  get #running(): ServiceProcess {
    if (this.#process === undefined) throw new Error('the service does not run');
    return this.#process;
  }

  /** When it returns, access as the service wants it is in force. */
  async start(variant: Variant, after: keyof RaceService['starts'] = 'first'): Promise<void> {
    const options = `${this.#filter.configuration}${usual}${variantOptions[variant]}`;
    this.#process = await serviceProcess(this.#folder, options);
    this.starts[after] += 1;
    if (this.#database !== undefined) return;
    this.#database = new DatabaseSync(databaseIn(this.#folder), { timeout: 5000 });
    this.#looking = setInterval(() => this.#look(), lookPeriod);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.#process?.end(signal);
  }

  /** Makes an introspection look as if it had begun long ago. */
  backdate(uuid: string): void {
    const change = this.#database?.prepare(
      "UPDATE nodes SET started_at = '2001-01-01 00:00:00.000000' WHERE uuid = ?",
    );
    change?.run(uuid);
  }

  /** Waits until a full sync has been done that began after this call. */
  async fullSync(): Promise<void> {
    // The first one that is seen may have begun before.
    const enough = this.syncs + 2;
    await eventually(
      async () => this.syncs,
      (syncs) => syncs >= enough,
    );
  }

  /** What the filter says of itself. */
  health(): string {
    const row = this.#database?.prepare('SELECT health FROM pxe_filter_health').get();
    return typeof row?.health === 'string' ? row.health : '{}';
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    await this.end('SIGKILL');
    this.#database?.close();
  }

  /** Each full sync writes down when it has succeeded. */
  #look(): void {
    const { lastSuccess } = JSON.parse(this.health());
    if (lastSuccess === this.#lastSuccess) return;
    this.#lastSuccess = lastSuccess;
    this.syncs += 1;
  }
}
