import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Clock } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeStore } from '../nodes/node-store.ts';
import { type InTurn, oneAtATime } from '../nodes/one-at-a-time.ts';
import type { AccessChange } from './access.ts';
import { type AccessRules, AccessSets } from './access-sets.ts';
import { type BackOff, type BackOffParts, backOff } from './back-off.ts';
import { nothingMapped, type SeenAs } from './ethoib.ts';
import type { FilterDriver } from './filter-driver.ts';
import { type Concern, FilterHealth, type PxeFilterHealth } from './filter-health.ts';
import { guardedDriver } from './guarded-driver.ts';
import { type MacForm, macForm } from './mac-form.ts';
import { type PortList, portList } from './port-list.ts';
import type { AccessPort, PxeFilterService } from './pxe-filter.ts';
import { bothToDo, nothingToDo, type Todo } from './todo.ts';

/** What PXE access is worked out from, and what puts it in force. */
export interface PxeAccessParts {
  readonly driver: FilterDriver;
  readonly nodes: Pick<NodeStore, 'macsUnderWay'>;
  readonly bareMetal: Pick<BareMetalService, 'listPorts'>;
  readonly rules: AccessRules;
  /** Reads under which MAC addresses ports of InfiniBand are seen; left out, there are none. */
  readonly neighbours?: (() => Promise<SeenAs>) | undefined;
  /** `[pxe_filter]keep_on_exit` */
  readonly keepOnExit: boolean;
  readonly timing: BackOffParts;
  readonly clock: Clock;
  readonly log: Logger;
  readonly listener?: HealthListener | undefined;
}

/** Whoever wants to know how the filter does. */
export interface HealthListener {
  /** At every change of the state, and after each look at everything. */
  tell(health: PxeFilterHealth): void;
  /** When it has done what it does with what it was told. */
  settled(): Promise<void>;
}

/** Nodes that a line of the log names. */
const mostNamed = 5;

/** Milliseconds that a start waits for the first list of ports. */
const patience = 10_000;

/**
 * Who may boot, worked out from the list of ports and the nodes under way, and put in force by a driver.
 *
 * Changes are collected: one flush runs at a time, and one more waits, which takes in all that has been told by the
 * time it begins. What it reads from the database decides, and not who told what in which order. What fails stays to be
 * done, is tried again after a while, and the driver then gets the whole in place of the change. Ports are listed beside
 * all that, so that a slow list holds up no start.
 */
export class PxeAccess implements PxeFilterService {
  readonly name: string;
  readonly wantsPeriodicSync: boolean;
  readonly #parts: PxeAccessParts;
  readonly #driver: FilterDriver;
  readonly #form: MacForm;
  readonly #sets: AccessSets;
  readonly #health: FilterHealth;
  readonly #retry: BackOff;
  readonly #list: PortList;
  readonly #inTurn: InTurn = oneAtATime();
  #todo = nothingToDo();
  #queued: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #neighbours: SeenAs = nothingMapped;
  #phase: 'new' | 'begun' | 'ready' | 'ended' = 'new';
  #isInForce = false;

  constructor(parts: PxeAccessParts) {
    const { driver, rules, timing, log, bareMetal, neighbours } = parts;
    this.name = driver.name;
    this.wantsPeriodicSync = driver.wantsPeriodicSync ?? true;
    this.#parts = parts;
    this.#driver = guardedDriver(driver);
    this.#form = macForm(log);
    this.#sets = new AccessSets(rules, this.#form);
    this.#health = new FilterHealth(driver.name, parts);
    this.#list = portList(bareMetal, ['uuid', 'address', ...(neighbours === undefined ? [] : ['extra'])]);
    this.#retry = backOff(timing, () => void this.#tryAgain());
  }

  health(): PxeFilterHealth {
    return this.#health.now;
  }

  async begin(): Promise<void> {
    this.#phase = 'begun';
    try {
      await this.#inTurn(() => this.#makeReady());
    } catch (error) {
      if (!(error instanceof InspectorError) || error.kind !== 'unavailable') throw error;
      this.#accessFailed(error);
    }
    const first = this.syncAll();
    let cancel = () => {};
    const late = new Promise<'late'>((resolve) => {
      cancel = this.#parts.timing.after(patience, () => resolve('late'));
    });
    const outcome = await Promise.race([first, late]);
    cancel();
    if (outcome !== 'late' || this.#sets.isListed) return;
    this.#parts.log.warning(
      `PXE filter ${this.name}: the ports have not been listed within ${patience / 1000} s. Until they are, only machines under introspection are answered`,
    );
    this.#todo.all = true;
    await this.#flushed().catch(() => {});
  }

  async nodeChanged(uuid: string, ports: readonly AccessPort[] = []): Promise<void> {
    this.#todo.nodes.add(uuid);
    for (const port of ports) {
      this.#todo.ports.set(port.address, port);
      this.#list.add(port);
    }
    await this.#flushed();
  }

  syncAll(): Promise<void> {
    this.#syncing ??= this.#syncOnce().finally(() => {
      this.#syncing = undefined;
    });
    return this.#syncing;
  }

  async end(): Promise<void> {
    if (this.#phase === 'new' || this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#retry.done();
    await this.#inTurn(async () => {
      if (this.#parts.keepOnExit) {
        this.#parts.log.info(
          `PXE filter ${this.name}: what is in force stays, as [pxe_filter]keep_on_exit says`,
        );
      } else await this.#driver.tearDown();
    });
    this.#health.stopped();
    this.#parts.listener?.tell(this.#health.now);
    await this.#parts.listener?.settled();
  }

  #tell(): void {
    if (this.#phase !== 'ended') this.#parts.listener?.tell(this.#health.now);
  }

  async #syncOnce(): Promise<void> {
    await this.#listPorts();
    this.#todo.all = true;
    await this.#flushed().then(
      () => this.#count(),
      () => {},
    );
    this.#tell();
  }

  async #count(): Promise<void> {
    try {
      const verdicts = await this.#driver.verdictCounts?.();
      if (verdicts !== undefined) this.#health.counted(verdicts);
    } catch (error) {
      this.#parts.log.debug(`PXE filter ${this.name}: requests were not counted: ${messageOf(error)}`);
    }
  }

  async #listPorts(): Promise<void> {
    try {
      await this.#list.ask((ports) => {
        this.#todo.listing = ports;
        this.#todo.all = true;
      });
      this.#worked('ports');
    } catch (error) {
      const meanwhile = this.#sets.isListed
        ? 'the last list goes on being used'
        : 'until they are, only machines under introspection are answered';
      this.#failed('ports', `the ports cannot be listed, ${meanwhile}: ${messageOf(error)}`);
    }
  }

  /** When all that has been told so far is in force. */
  #flushed(): Promise<void> {
    this.#queued ??= this.#inTurn(() => {
      this.#queued = undefined;
      return this.#flush();
    });
    return this.#queued;
  }

  async #flush(): Promise<void> {
    if (this.#phase === 'ended')
      throw new InspectorError('unavailable', `The PXE filter ${this.name} has stopped`);
    const todo = this.#todo;
    this.#todo = nothingToDo();
    try {
      await this.#makeReady();
      const change = await this.#takeIn(todo);
      await this.#apply(change);
      if (change !== undefined) this.#logChange(change, todo.nodes);
    } catch (error) {
      this.#todo = bothToDo(todo, this.#todo);
      this.#accessFailed(error);
      throw error;
    }
    this.#worked('access');
  }

  async #makeReady(): Promise<void> {
    if (this.#phase !== 'begun') return;
    await this.#driver.init();
    // It may have been ended meanwhile.
    if (this.#phase === 'begun') this.#phase = 'ready';
  }

  /** Returns what has changed; nothing where all is to be looked at. */
  async #takeIn({ all, nodes, ports, listing }: Todo): Promise<AccessChange | undefined> {
    const told = [...ports.values()];
    const isMapped = listing !== undefined || told.some(({ extra }) => extra?.['client-id'] !== undefined);
    if (isMapped && this.#parts.neighbours !== undefined) this.#neighbours = await this.#parts.neighbours();
    const more = this.#filterMacs(told);
    if (!all) {
      const uuids = [...nodes];
      return this.#sets.update(uuids, await this.#parts.nodes.macsUnderWay(uuids), more);
    }
    const underWay = await this.#parts.nodes.macsUnderWay();
    this.#sets.replace(underWay, listing === undefined ? undefined : this.#filterMacs(listing), more);
    return undefined;
  }

  #filterMacs(ports: readonly AccessPort[]): Map<string, string> {
    const macs = new Map<string, string>();
    for (const { address: text, extra } of ports) {
      const address = this.#form(text);
      if (address !== undefined) macs.set(address, this.#neighbours(extra?.['client-id']) ?? address);
    }
    return macs;
  }

  async #apply(change: AccessChange | undefined): Promise<void> {
    const { access } = this.#sets;
    const isWhole = change === undefined || !this.#isInForce;
    if (!isWhole && isNothing(change, access.mode)) return;
    this.#isInForce = false;
    const begun = this.#parts.clock.now().getTime();
    await (isWhole ? this.#driver.apply(access) : this.#driver.apply(access, change));
    this.#isInForce = true;
    this.#health.applied(access, (this.#parts.clock.now().getTime() - begun) / 1000);
  }

  #logChange({ allow, deny, forget }: AccessChange, nodes: ReadonlySet<string>): void {
    if (allow.length + deny.length + forget.length === 0) return;
    const named = [...nodes].slice(0, mostNamed).join(', ');
    const more = nodes.size > mostNamed ? ` and ${nodes.size - mostNamed} more` : '';
    this.#parts.log.info(
      `PXE filter ${this.name}: let in ${allow.length}, denied ${deny.length}, forgot ${forget.length} MAC addresses, for ${named}${more}`,
    );
  }

  async #tryAgain(): Promise<void> {
    if (this.#health.fails('access')) await this.#flushed().catch(() => {});
    if (this.#health.fails('ports')) await this.syncAll();
    // What was joined may be the sync that has failed.
    if (this.#health.now.state === 'degraded' && this.#phase !== 'ended') this.#retry.later();
  }

  #accessFailed(error: unknown): void {
    const stays = this.#health.now.mode === null ? '' : '; what was in force before stays';
    this.#failed('access', `access cannot be brought in line${stays}: ${messageOf(error)}`);
  }

  #failed(concern: Concern, text: string): void {
    if (this.#phase === 'ended') return;
    this.#health.failed(concern, text);
    this.#tell();
    this.#retry.later();
  }

  #worked(concern: Concern): void {
    if (this.#phase === 'ended') return;
    const { state } = this.#health.now;
    this.#health.worked(concern);
    if (this.#health.now.state === 'ok') this.#retry.done();
    if (this.#health.now.state !== state) this.#tell();
  }
}

function isNothing({ allow, deny, forget, modeWas }: AccessChange, mode: string): boolean {
  return mode === modeWas && allow.length + deny.length + forget.length === 0;
}
