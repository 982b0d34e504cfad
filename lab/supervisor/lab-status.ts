import type { ProgramState } from './programs.ts';

/** What `lab status` shows. */
export interface LabStatus {
  /** What is being done, or `ready`. */
  readonly phase: string;
  readonly programs: readonly ProgramState[];
  readonly machines: readonly MachineStatus[];
}

/** A machine of the lab and what the service knows of it. */
export interface MachineStatus {
  readonly name: string;
  readonly power: 'on' | 'off';
  readonly mac: string;
  readonly bmc: string;
  /** UUID of its node; `null` where nobody has enrolled it. */
  readonly node: string | null;
  /** Of its last introspection; `null` when there was none. */
  readonly introspection: string | null;
  readonly error: string | null;
}

/** What the supervisor says when a lab is up. */
export const ready = 'ready';
