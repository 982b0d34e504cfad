import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { type InTurn, oneAtATime } from '../nodes/one-at-a-time.ts';
import type { AccessChange } from './access.ts';
import { FilterAccount, type FilterAccountParts } from './filter-account.ts';
import type { FilterDriver } from './filter-driver.ts';
import type { PxeFilterHealth } from './filter-health.ts';
import { guardedDriver } from './guarded-driver.ts';
import { type PortList, portList } from './port-list.ts';
import type { AccessPort, PxeFilterService } from './pxe-filter.ts';
import { bothToDo, nothingToDo } from './todo.ts';
import { type AccessSources, WantedAccess } from './wanted-access.ts';

/** What PXE access is worked out from, and what puts it in force. */
export interface PxeAccessParts extends AccessSources, FilterAccountParts {
  readonly driver: FilterDriver;
  readonly bareMetal: Pick<BareMetalService, 'listPorts'>;
  /** `[pxe_filter]keep_on_exit` */
  readonly keepOnExit: boolean;
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
  readonly #wanted: WantedAccess;
  readonly #account: FilterAccount;
  readonly #list: PortList;
  readonly #inTurn: InTurn = oneAtATime();
  #todo = nothingToDo();
  #queued: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #phase: 'new' | 'begun' | 'ready' | 'ended' = 'new';
  #isInForce = false;

  constructor(parts: PxeAccessParts) {
    const { driver, bareMetal, neighbours } = parts;
    this.name = driver.name;
    this.wantsPeriodicSync = driver.wantsPeriodicSync ?? true;
    this.#parts = parts;
    this.#driver = guardedDriver(driver);
    this.#wanted = new WantedAccess(parts);
    this.#account = new FilterAccount(driver.name, parts, () => void this.#tryAgain());
    this.#list = portList(bareMetal, ['uuid', 'address', ...(neighbours === undefined ? [] : ['extra'])]);
  }

  health(): PxeFilterHealth {
    return this.#account.health;
  }

  async begin(): Promise<void> {
    this.#phase = 'begun';
    try {
      await this.#inTurn(() => this.#makeReady());
    } catch (error) {
      if (!(error instanceof InspectorError) || error.kind !== 'unavailable') throw error;
      this.#account.accessFailed(error);
    }
    const first = this.syncAll();
    let cancel = () => {};
    const late = new Promise<'late'>((resolve) => {
      cancel = this.#parts.timing.after(patience, () => resolve('late'));
    });
    const outcome = await Promise.race([first, late]);
    cancel();
    if (outcome !== 'late' || this.#wanted.isListed) return;
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
    this.#account.close();
    await this.#inTurn(async () => {
      if (this.#parts.keepOnExit) {
        this.#parts.log.info(
          `PXE filter ${this.name}: what is in force stays, as [pxe_filter]keep_on_exit says`,
        );
      } else await this.#driver.tearDown();
    });
    await this.#account.stopped();
  }

  async #syncOnce(): Promise<void> {
    await this.#listPorts();
    this.#todo.all = true;
    await this.#flushed().then(
      () => this.#count(),
      () => {},
    );
    this.#account.tell();
  }

  async #count(): Promise<void> {
    try {
      const verdicts = await this.#driver.verdictCounts?.();
      if (verdicts !== undefined) this.#account.counted(verdicts);
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
      this.#account.worked('ports');
    } catch (error) {
      const meanwhile = this.#wanted.isListed
        ? 'the last list goes on being used'
        : 'until they are, only machines under introspection are answered';
      this.#account.failed('ports', `the ports cannot be listed, ${meanwhile}: ${messageOf(error)}`);
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
      const change = await this.#wanted.takeIn(todo);
      await this.#apply(change);
      if (change !== undefined && !isSame(change)) {
        this.#parts.log.info(`PXE filter ${this.name}: ${inWords(change, todo.nodes)}`);
      }
    } catch (error) {
      this.#todo = bothToDo(todo, this.#todo);
      this.#account.accessFailed(error);
      throw error;
    }
    this.#account.worked('access');
  }

  async #makeReady(): Promise<void> {
    if (this.#phase !== 'begun') return;
    await this.#driver.init();
    // It may have been ended meanwhile.
    if (this.#phase === 'begun') this.#phase = 'ready';
  }

  async #apply(change: AccessChange | undefined): Promise<void> {
    const { access } = this.#wanted;
    const isWhole = change === undefined || !this.#isInForce;
    if (!isWhole && isNothing(change, access.mode)) return;
    this.#isInForce = false;
    const begun = this.#parts.clock.now().getTime();
    await (isWhole ? this.#driver.apply(access) : this.#driver.apply(access, change));
    this.#isInForce = true;
    this.#account.applied(access, (this.#parts.clock.now().getTime() - begun) / 1000);
  }

  async #tryAgain(): Promise<void> {
    if (this.#account.fails('access')) await this.#flushed().catch(() => {});
    if (this.#account.fails('ports')) await this.syncAll();
    // What was joined may be the sync that has failed.
    this.#account.triedAgain();
  }
}

function isNothing(change: AccessChange, mode: string): boolean {
  return mode === change.modeWas && isSame(change);
}

/** Whether everybody has the access that they had, but for strangers. */
function isSame({ allow, deny, forget }: AccessChange): boolean {
  return allow.length + deny.length + forget.length === 0;
}

function inWords({ allow, deny, forget }: AccessChange, nodes: ReadonlySet<string>): string {
  const named = [...nodes].slice(0, mostNamed).join(', ');
  const more = nodes.size > mostNamed ? ` and ${nodes.size - mostNamed} more` : '';
  return `let in ${allow.length}, denied ${deny.length}, forgot ${forget.length} MAC addresses, for ${named}${more}`;
}
