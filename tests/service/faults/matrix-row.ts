import { away, type FaultName, withoutAnswer } from './fault.ts';
import type { Trouble } from './fault-world.ts';
import type { flows, Subject } from './flow.ts';

/** What makes it well once the other service is back. */
export type Mend =
  /** There is nothing to be mended. */
  | 'nothing'
  | 'start'
  | 'reapply'
  /** The ramdisk posts again, or a periodic task takes the work up, whichever comes first. */
  | 'by itself'
  /** The ramdisk posts again. */
  | 'ramdisk'
  /** The client asks for the same once more. */
  | 'ask again'
  | 'next run';

/** What comes of a fault that lasts. */
export interface Outcome {
  /** The code that the client gets. */
  readonly answer: number;
  /** What it is told; `<fault>` stands for the text of the fault. */
  readonly said?: string;
  /** Of the introspection afterwards; empty where there is none. */
  readonly state: string;
  /** The stored error. */
  readonly error?: string;
  readonly mend: Mend;
}

/** A call of a flow, faults that it may meet, and what comes of them. */
export interface MatrixRow {
  readonly flow: keyof typeof flows;
  /** In words. */
  readonly call: string;
  readonly faults: readonly FaultName[];
  /** Those after which the call is sent again, so that a single one has no effect. */
  readonly mended: readonly FaultName[];
  readonly trouble: (subject: Subject) => Trouble;
  /** What else makes that the call is needed, once the flow is prepared. */
  readonly before?: ((subject: Subject) => void) | undefined;
  readonly outcome: Outcome;
}

/** How a call is repeated when it meets a fault. */
type Repeats =
  /** May be sent twice. */
  | 'safe'
  /** May not be sent twice once it has arrived. */
  | 'unsafe'
  /** Sent again after whatever goes wrong, up to five times. */
  | 'always'
  /** The same after what passes by itself. */
  | 'while busy'
  | 'unsafe, while busy';

interface Call {
  readonly flow: MatrixRow['flow'];
  readonly call: string;
  readonly repeats?: Repeats;
  readonly trouble: MatrixRow['trouble'];
  readonly before?: MatrixRow['before'];
}

/** What a fault of Ironic means. */
export type Kind = 'away' | 'locked' | 'gone';

const kinds: Readonly<Record<Kind, readonly FaultName[]>> = { away, locked: ['locked'], gone: ['gone'] };

/** Calls of Ironic: the service is away, the node locked, or not there. */
export function ironic(call: Call, outcomes: Readonly<Record<Kind, Outcome>>): MatrixRow[] {
  return (Object.keys(kinds) as Kind[]).map((kind) => rowOf(call, 'ironic', kinds[kind], outcomes[kind]));
}

/** A row, with the faults that a repetition gets over. */
export function rowOf(
  { flow, call, trouble, before, repeats = 'safe' }: Call,
  service: Trouble['service'],
  faults: readonly FaultName[],
  outcome: Outcome,
): MatrixRow {
  const mended = faults.filter((fault) => isMended(fault, service, repeats));
  return { flow, call, trouble, before, faults, mended, outcome };
}

function isMended(fault: FaultName, service: Trouble['service'], repeats: Repeats): boolean {
  if (repeats === 'always') return true;
  if (repeats.endsWith('while busy') && fault !== 'gone') return true;
  if (withoutAnswer.includes(fault)) return fault === 'refused' || !repeats.startsWith('unsafe');
  if (service === 'keystone') return false;
  if (service === 'swift') return fault === 'no token';
  return ['busy', 'locked', 'no token', 'wrong version'].includes(fault);
}

/** The same outcome but for the code that the client gets. */
export function answeredBy(outcome: Omit<Outcome, 'answer'>): Readonly<Record<Kind, Outcome>> {
  return {
    away: { ...outcome, answer: 503 },
    locked: { ...outcome, answer: 409 },
    gone: { ...outcome, answer: 404 },
  };
}

/** The same whatever it is. */
export function alike(outcome: Outcome): Readonly<Record<Kind, Outcome>> {
  return { away: outcome, locked: outcome, gone: outcome };
}

/** The error of an introspection whose last step failed. */
export const failedPowerOff =
  'Failed to power off node <node>, check its power management configuration: <fault>';
