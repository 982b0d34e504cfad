import { InspectorError } from '../src/errors/inspector-error.ts';
import type { Access, AccessChange, AccessMode } from '../src/pxe-filter/access.ts';
import type { FilterDriver } from '../src/pxe-filter/filter-driver.ts';

/** What a fake driver has in force; it outlives the driver, as a firewall does. */
export interface FakeFilterState {
  mode: AccessMode;
  readonly allowed: Set<string>;
  readonly denied: Set<string>;
}

/** Nobody is let in. */
export function fakeFilterState(): FakeFilterState {
  return { mode: 'closed', allowed: new Set(), denied: new Set() };
}

/** A filter driver in memory, with what a test looks at and breaks. */
export class FakeFilterDriver implements FilterDriver {
  readonly name: string = 'fake';
  readonly wantsPeriodicSync: boolean = true;
  readonly inForce: FakeFilterState;
  /** Methods in order of their calls; `change` and `whole` are calls of `apply`. */
  readonly calls: ('init' | 'change' | 'whole' | 'tearDown')[] = [];
  /** Calls of `apply` that are to fail. */
  failures = 0;
  /** Waited for by each `apply`, before anything is changed. */
  beforeApply: () => Promise<void> = async () => {};
  /** Called after each `apply` that succeeded. */
  applied: () => void = () => {};

  constructor(inForce: FakeFilterState = fakeFilterState()) {
    this.inForce = inForce;
  }

  async init(): Promise<void> {
    this.calls.push('init');
  }

  async apply({ mode, allowed, denied }: Access, change?: AccessChange): Promise<void> {
    this.calls.push(change === undefined ? 'whole' : 'change');
    await this.beforeApply();
    if (this.failures > 0) {
      this.failures -= 1;
      throw new InspectorError('unavailable', 'The fake filter was told to fail');
    }
    if (change === undefined) {
      replace(this.inForce.allowed, allowed);
      replace(this.inForce.denied, denied);
    } else this.#change(change);
    this.inForce.mode = mode;
    this.applied();
  }

  async tearDown(): Promise<void> {
    this.calls.push('tearDown');
  }

  /** Whether a request of this MAC address would be answered. */
  answers(mac: string): boolean {
    const { mode, allowed, denied } = this.inForce;
    if (mode === 'closed') return false;
    return mode === 'allow-list' ? allowed.has(mac) : !denied.has(mac);
  }

  #change({ allow, deny, forget }: AccessChange): void {
    const { allowed, denied } = this.inForce;
    for (const mac of [...allow, ...deny, ...forget]) {
      allowed.delete(mac);
      denied.delete(mac);
    }
    for (const mac of allow) allowed.add(mac);
    for (const mac of deny) denied.add(mac);
  }
}

function replace(set: Set<string>, by: ReadonlySet<string>): void {
  set.clear();
  for (const mac of by) set.add(mac);
}
