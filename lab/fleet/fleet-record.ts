/** How far a machine may come, in the order of a boot, and the ends of it. */
export const stages = [
  'powered-on',
  'booted-from-disk',
  'address-refused',
  'address-leased',
  'no-address',
  'boot-file-fetched',
  'no-boot-file',
  'ramdisk-up',
  'posted',
  'accepted',
  'refused',
  'gave-up',
  'powered-off',
  // Has its address from the DHCP server of the deployment.
  'deployed',
] as const;

export type Stage = (typeof stages)[number];

/** What takes time. */
export const steps = [
  'enrolment',
  'DHCP offer',
  'DHCP lease',
  'boot file',
  'callback',
  'power-on to callback',
  'callback to power-off',
] as const;

export type Step = (typeof steps)[number];

/** What is lost on purpose. */
export type Loss = 'packets' | 'connections' | 'answers';

const mostComplaints = 20;

/** Everything that happens to the machines of a fleet, added up as it happens. */
export class FleetRecord {
  readonly #stages = new Map<Stage, Map<number, number>>(stages.map((stage) => [stage, new Map()]));
  readonly #took = new Map<Step, number[]>(steps.map((step) => [step, []]));
  readonly lost: Record<Loss, number> = { packets: 0, connections: 0, answers: 0 };
  /** Answers of the callback by their status; `none` where the connection failed. */
  readonly answers = new Map<number | 'none', number>();
  /** Machines that boot or call back. */
  busy = 0;
  readonly #complaints = new Set<string>();
  readonly #acceptedAt = new Map<number, number>();

  reached(machine: number, stage: Stage): void {
    const times = this.#stages.get(stage);
    times?.set(machine, (times.get(machine) ?? 0) + 1);
    if (stage === 'accepted') this.#acceptedAt.set(machine, performance.now());
    const acceptedAt = this.#acceptedAt.get(machine);
    if (stage !== 'powered-off' || acceptedAt === undefined) return;
    this.took('callback to power-off', performance.now() - acceptedAt);
    this.#acceptedAt.delete(machine);
  }

  /** How often. */
  timesOf(machine: number, stage: Stage): number {
    return this.#stages.get(stage)?.get(machine) ?? 0;
  }

  /** How many machines. */
  machinesAt(stage: Stage): number {
    return this.#stages.get(stage)?.size ?? 0;
  }

  /** How often by all machines together. */
  allTimesOf(stage: Stage): number {
    return [...(this.#stages.get(stage)?.values() ?? [])].reduce((sum, times) => sum + times, 0);
  }

  took(step: Step, milliseconds: number): void {
    this.#took.get(step)?.push(milliseconds);
  }

  /** Milliseconds, sorted. */
  durationsOf(step: Step): number[] {
    return (this.#took.get(step) ?? []).toSorted((one, other) => one - other);
  }

  /** What boot servers and the service refused; the first few are kept. */
  complain(text: string): void {
    if (this.#complaints.size < mostComplaints) this.#complaints.add(text.slice(0, 200));
  }

  get complaints(): readonly string[] {
    return [...this.#complaints];
  }

  answered(status: number | 'none'): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
  }
}
