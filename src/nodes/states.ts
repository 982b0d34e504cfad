import { InspectorError } from '../errors/inspector-error.ts';

/** In the order of the database's enumeration. */
export const states = [
  'starting',
  'waiting',
  'processing',
  'finished',
  'error',
  'reapplying',
  'enrolling',
  'aborting',
] as const;

export type State = (typeof states)[number];

export const events = [
  'start',
  'wait',
  'process',
  'reapply',
  'abort',
  'abort_end',
  'finish',
  'error',
  'timeout',
] as const;

export type Event = (typeof events)[number];

/**
 * Which event leads from which state to which. The diagram in `docs/` is drawn from this table.
 *
 * It is the original's table with two transitions more, so that a failure can be recorded wherever it
 * happens: `waiting` and `aborting` accept `error` (docs/compatibility.md, states-error-from-waiting).
 */
export const transitions: Readonly<Record<State, Readonly<Partial<Record<Event, State>>>>> = {
  starting: { wait: 'waiting', error: 'error', timeout: 'error' },
  waiting: { start: 'starting', process: 'processing', abort: 'aborting', error: 'error', timeout: 'error' },
  processing: { finish: 'finished', error: 'error', timeout: 'error' },
  finished: { start: 'starting', reapply: 'reapplying', finish: 'finished' },
  error: { start: 'starting', reapply: 'reapplying', abort: 'error', error: 'error' },
  reapplying: { reapply: 'reapplying', finish: 'finished', error: 'error', timeout: 'error' },
  enrolling: { process: 'processing', error: 'error', timeout: 'error' },
  aborting: { abort_end: 'error', error: 'error', timeout: 'error' },
};

/** States in which nothing is going on: an introspection has ended, or never began. */
export const stableStates: readonly State[] = ['finished', 'error'];

/** The state that follows, or `undefined` when the event is not allowed. */
export function nextState(from: State, event: Event): State | undefined {
  return transitions[from][event];
}

/** @throws InspectorError `invalid` with the original's sentence when the event is not allowed. */
export function requireTransition(from: State, event: Event): State {
  const to = nextState(from, event);
  if (to === undefined) throw invalidEvent(from, event);
  return to;
}

/** The error of an event that a state does not accept: `invalid`, with the original's sentence. */
function invalidEvent(from: State, event: Event): InspectorError {
  return new InspectorError(
    'invalid',
    `Can not transition from state '${from}' on event '${event}' (no defined transition)`,
  );
}
