import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Event,
  events,
  nextState,
  requireTransition,
  type State,
  stableStates,
  states,
} from './states.ts';

/** The original's table and the two transitions that are ours, one a line. */
const allowed = `
  starting wait waiting
  starting error error
  starting timeout error
  waiting start starting
  waiting process processing
  waiting abort aborting
  waiting error error
  waiting timeout error
  processing finish finished
  processing error error
  processing timeout error
  finished start starting
  finished reapply reapplying
  finished finish finished
  error start starting
  error reapply reapplying
  error abort error
  error error error
  reapplying reapply reapplying
  reapplying finish finished
  reapplying error error
  reapplying timeout error
  enrolling process processing
  enrolling error error
  enrolling timeout error
  aborting abort_end error
  aborting error error
  aborting timeout error`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' ') as [State, Event, State]);

const forbidden = states.flatMap((from) =>
  events
    .filter((event) => !allowed.some(([state, on]) => state === from && on === event))
    .map((event): [State, Event] => [from, event]),
);

describe('the states of an introspection', () => {
  it("are in the order of the original's database enumeration", () => {
    assert.deepEqual(states, [
      'starting',
      'waiting',
      'processing',
      'finished',
      'error',
      'reapplying',
      'enrolling',
      'aborting',
    ]);
  });

  it('fit the column', () => {
    assert.ok(states.every((state) => state.length <= 10));
  });

  it('rest in finished and error', () => {
    assert.deepEqual(stableStates, ['finished', 'error']);
  });

  it('have 28 transitions, and 44 that are not defined', () => {
    assert.equal(allowed.length, 28);
    assert.equal(forbidden.length, 44);
  });
});

describe('transitions that are defined', () => {
  for (const [from, event, to] of allowed) {
    it(`${event} leads from ${from} to ${to}`, () => {
      assert.equal(nextState(from, event), to);
      assert.equal(requireTransition(from, event), to);
    });
  }
});

describe('transitions that are not defined', () => {
  for (const [from, event] of forbidden) {
    it(`${event} is refused in ${from}`, () => {
      assert.equal(nextState(from, event), undefined);
      assert.throws(() => requireTransition(from, event), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `Can not transition from state '${from}' on event '${event}' (no defined transition)`,
      });
    });
  }
});

describe('failures (docs/compatibility.md, states-error-from-waiting)', () => {
  const running = states.filter((state) => !stableStates.includes(state));

  for (const state of running) {
    it(`can be recorded in ${state}`, () => {
      assert.equal(nextState(state, 'error'), 'error');
      assert.equal(nextState(state, 'timeout'), 'error');
    });
  }
});
