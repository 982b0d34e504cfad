import type { State } from '../../src/nodes/states.ts';

/** A state's rectangle, in cells of the grid. Arrows begin and end at the grid points of its border. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly column: number;
  readonly row: number;
  /** How many columns the box spans. */
  readonly columns?: number;
}

/**
 * Where each state goes. The usual way of an introspection is the row in the middle, from left to right; nearly
 * every state leads to `error`, which therefore lies below all of them.
 */
const places: Readonly<Partial<Record<State, Place>>> = {
  enrolling: { column: 1, row: 0 },
  starting: { column: 0, row: 1 },
  waiting: { column: 1, row: 1 },
  processing: { column: 2, row: 1 },
  finished: { column: 3, row: 1 },
  aborting: { column: 1, row: 2 },
  reapplying: { column: 3, row: 2 },
  error: { column: 0, row: 3, columns: 4 },
};

const boxWidth = 12;
const boxHeight = 4;
const columnPitch = 21;
const rowPitch = 11;
/** Cells around all boxes, for arrows that go around. */
export const margin = 5;

/** The box of each state. One that has no place yet comes into the top row, right of all others. */
export function boxesOf(names: readonly State[]): Map<State, Box> {
  let free = 1 + Math.max(...Object.values(places).map((place) => place.column + (place.columns ?? 1) - 1));
  return new Map(names.map((name) => [name, boxAt(places[name] ?? { column: free++, row: 0 })]));
}

/** Width and height of the whole picture, in cells. */
export function extentOf(boxes: Iterable<Box>): { width: number; height: number } {
  const all = [...boxes];
  return {
    width: margin + Math.max(...all.map((box) => box.left + box.width)),
    height: margin + Math.max(...all.map((box) => box.top + box.height)),
  };
}

function boxAt({ column, row, columns = 1 }: Place): Box {
  return {
    left: margin + column * columnPitch,
    top: margin + row * rowPitch,
    width: boxWidth + (columns - 1) * columnPitch,
    height: boxHeight,
  };
}
