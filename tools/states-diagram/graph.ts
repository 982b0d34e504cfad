import { type Event, events, type State, stableStates, states, transitions } from '../../src/nodes/states.ts';

export interface StateGraph {
  readonly states: readonly DrawnState[];
  readonly edges: readonly Edge[];
}

export interface DrawnState {
  readonly name: State;
  /** Nothing is going on in this state. */
  readonly isStable: boolean;
  /** The state that failures lead to; drawn red. */
  readonly isFailure: boolean;
}

/** All events that lead from one state to another, as one arrow. */
export interface Edge {
  readonly from: State;
  readonly to: State;
  readonly events: readonly Event[];
}

/** The table of `src/nodes/states.ts` as a graph; states and events in the order of the table. */
export function stateGraph(): StateGraph {
  return {
    states: states.map((name) => ({
      name,
      isStable: stableStates.includes(name),
      isFailure: name === 'error',
    })),
    edges: states
      .flatMap((from) => states.map((to) => ({ from, to, events: eventsBetween(from, to) })))
      .filter((edge) => edge.events.length > 0),
  };
}

function eventsBetween(from: State, to: State): Event[] {
  return events.filter((event) => transitions[from][event] === to);
}
