import type { BesideDeployment } from './beside-deployment.ts';
import type { DhcpServer } from './dhcp-watch.ts';
import type { FleetMachine } from './fleet-machine.ts';
import type { Trait } from './fleet-profile.ts';
import { type FleetRecord, type Loss, type Stage, type Step, stages, steps } from './fleet-record.ts';
import type { Outcome } from './introspect-fleet.ts';

/** What came of a fleet, as numbers. */
export interface FleetAccount {
  readonly machines: number;
  /** From the first start to the last end. */
  readonly seconds: number;
  /** How many machines got there, and how often in all. */
  readonly stages: readonly { readonly stage: Stage; readonly machines: number; readonly times: number }[];
  readonly durations: readonly Durations[];
  readonly outcomes: Readonly<Record<Outcome['state'], number>>;
  /** Machines that were switched on and have not posted. */
  readonly neverAnswered: number;
  /** Callbacks by the status that they were answered with. */
  readonly answers: Readonly<Record<string, number>>;
  readonly lost: Readonly<Record<Loss, number>>;
  /** Machines with each trait, and what came of them; `none` for the plain ones. */
  readonly byTrait: Readonly<Record<string, Readonly<Record<Outcome['state'], number>>>>;
  /** Machines whose introspection did not finish, with what the service says of it. */
  readonly unfinished: readonly UnfinishedMachine[];
  /** Machines that ended otherwise than their traits let expect. */
  readonly deviations: readonly Deviation[];
  /** What was refused, and in which words. */
  readonly complaints: readonly string[];
  /** Where the deployment has a DHCP server on the same network. */
  readonly dhcp?: DhcpAccount;
}

/** Who answered, where two DHCP servers are on one network. */
export interface DhcpAccount {
  /** All of each server. */
  readonly answers: Readonly<Record<DhcpServer, number>>;
  /** Of a server that should have kept silent; the machines are among the deviations. */
  readonly wrong: number;
  /** Machines that were not introspected, and asked the whole time. */
  readonly idle: number;
  /** Machines that booted by the deployment when they were finished. */
  readonly deployed: number;
}

/** Milliseconds. */
export interface Durations {
  readonly step: Step;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
}

/** A machine that was not introspected to the end: both sides of the story. */
export interface UnfinishedMachine {
  readonly machine: string;
  readonly traits: readonly Trait[];
  /** Whether it boots from a MAC address that is a port of another node. */
  readonly isOnBorrowedCard: boolean;
  /** What the machine came through, of `stages` and in their order. */
  readonly reached: readonly Stage[];
  readonly state: Outcome['state'];
  /** What an operator is told. */
  readonly reason: string | null;
}

/** A machine that is not where it should be. */
export interface Deviation {
  readonly machine: string;
  readonly traits: readonly string[];
  readonly expected: string;
  readonly came: string;
}

/** Everything that happened, and what the service says of it. */
export interface Happened {
  readonly machines: readonly FleetMachine[];
  readonly record: FleetRecord;
  /** By the number of the machine; missing where no introspection was begun. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  readonly seconds: number;
  readonly besides?: Pick<BesideDeployment, 'watch' | 'idle' | 'booted'>;
}

/** Adds up what came of a fleet, and compares it with what was to be expected. */
export function accountOf(happened: Happened): FleetAccount {
  const { machines, record, outcomes, seconds, besides } = happened;
  const outcome = ({ number }: FleetMachine) => outcomes.get(number) ?? missing;
  const silent = machines.filter(
    ({ number }) => record.timesOf(number, 'powered-on') > 0 && record.timesOf(number, 'posted') === 0,
  );
  const traits = new Set(machines.flatMap((machine) => traitNames(machine)));
  return {
    machines: machines.length,
    seconds,
    stages: stages.map((stage) => ({
      stage,
      machines: record.machinesAt(stage),
      times: record.allTimesOf(stage),
    })),
    durations: steps.map((step) => durations(step, record.durationsOf(step))),
    outcomes: countOf(machines.map(outcome)),
    neverAnswered: silent.length,
    answers: Object.fromEntries(record.answers),
    lost: { ...record.lost },
    byTrait: Object.fromEntries(
      [...traits].map((trait) => {
        const those = machines.filter((machine) => traitNames(machine).includes(trait));
        return [trait, countOf(those.map(outcome))];
      }),
    ),
    unfinished: machines.flatMap((machine) => unfinished(machine, outcome(machine), record)),
    deviations: [
      ...machines.flatMap((machine) => deviation(machine, outcome(machine), record)),
      ...(besides === undefined ? [] : dhcpDeviations(besides, record)),
    ],
    complaints: record.complaints,
    ...(besides === undefined ? {} : { dhcp: dhcpAccount(besides, record) }),
  };
}

const missing: Outcome = { state: 'unfinished', reason: 'the service has no introspection of it' };

function traitNames({ traits }: FleetMachine): string[] {
  return traits.size === 0 ? ['none'] : [...traits];
}

function countOf(outcomes: readonly Outcome[]): Record<Outcome['state'], number> {
  const counts = { finished: 0, failed: 0, skipped: 0, unfinished: 0 };
  for (const { state } of outcomes) counts[state] += 1;
  return counts;
}

function durations(step: Step, sorted: readonly number[]): Durations {
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { step, count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) };
}

function unfinished(
  { number, name, traits, borrowedCard }: FleetMachine,
  { state, reason }: Outcome,
  record: FleetRecord,
): UnfinishedMachine[] {
  if (state === 'finished') return [];
  const reached = stages.filter((stage) => record.timesOf(number, stage) > 0);
  return [
    { machine: name, traits: [...traits], isOnBorrowedCard: borrowedCard === 0, reached, state, reason },
  ];
}

function deviation(machine: FleetMachine, { state, reason }: Outcome, record: FleetRecord): Deviation[] {
  const expected = expectedOf(machine, record);
  const came = state === 'failed' && /timeout/i.test(reason ?? '') ? 'timed out' : state;
  if (expected.includes(came)) return [];
  const { name, traits } = machine;
  const why = reason === null ? '' : `: ${reason.slice(0, 200)}`;
  return [{ machine: name, traits: [...traits], expected: expected.join(' or '), came: `${came}${why}` }];
}

/** The ends that a machine may come to. */
function expectedOf({ number, traits, borrowedCard }: FleetMachine, record: FleetRecord): string[] {
  if (traits.has('late')) return ['timed out'];
  // The filter knows its MAC address as another node's, and lets it boot while that one does.
  if (borrowedCard === 0) return ['finished', 'timed out'];
  const gaveUp =
    record.timesOf(number, 'no-address') +
    record.timesOf(number, 'no-boot-file') +
    record.timesOf(number, 'gave-up');
  return traits.has('lossy') && gaveUp > 0 ? ['finished', 'timed out'] : ['finished'];
}

type Besides = NonNullable<Happened['besides']>;

function dhcpAccount({ watch, idle, booted }: Besides, record: FleetRecord): DhcpAccount {
  const deployed = booted.filter(({ number }) => record.timesOf(number, 'deployed') > 0).length;
  return { answers: { ...watch.answers }, wrong: watch.wrong.length, idle: idle.length, deployed };
}

/** Answers of the wrong server, and machines that the right one did not answer. */
function dhcpDeviations({ watch, idle, booted }: Besides, record: FleetRecord): Deviation[] {
  const of = ({ name, traits }: FleetMachine, expected: string, came: string) => {
    return { machine: name, traits: [...traits], expected, came };
  };
  const notDeployed = [...idle, ...booted].filter(({ number }) => record.timesOf(number, 'deployed') === 0);
  return [
    ...watch.wrong.map(({ machine, expected, came, type }) =>
      of(machine, `answers of the ${expected} DHCP server alone`, `${type} of the ${came} one`),
    ),
    ...notDeployed.map((machine) => of(machine, 'an address of the deployment', 'none')),
  ];
}
