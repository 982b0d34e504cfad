import type { Box } from './boxes.ts';
import { PriorityQueue } from './priority-queue.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The grid as one arrow finds it. */
export interface Surroundings {
  readonly ground: Ground;
  readonly occupied: Occupied;
}

/**
 * Grid points that are not free: outside the picture, in a box, or so near to one that an arrow that turns
 * there, or runs along, would seem to belong to it.
 */
export type Ground = ReadonlyMap<string, 'blocked' | 'close'>;

/** Which grid points the other arrows pass, and whether horizontally, vertically or turning. */
export type Occupied = ReadonlyMap<string, 'horizontal' | 'vertical' | 'turn'>;

const directions = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
] as const;

/** What makes an arrow hard to follow, in steps of the grid that one would go to avoid it. */
const costs = { turn: 8, crossing: 12, beside: 5, closeToBox: 6, offCentre: 0.4 } as const;

interface Step {
  readonly point: Point;
  readonly direction: number;
  readonly cost: number;
  readonly before: Step | undefined;
}

/** The grid points of the cheapest way from the border of one box to that of another, or of the same box. */
export function findRoute(from: Box, to: Box, around: Surroundings): Point[] {
  const queue = new PriorityQueue<Step>();
  const done = new Set<string>();
  for (const port of portsOf(from)) {
    if (around.occupied.has(keyOf(port.point))) continue;
    const cost = port.offCentre * costs.offCentre;
    const step = { point: port.point, direction: port.outwards, cost, before: undefined };
    queue.push(cost + distanceTo(to, port.point), step);
  }
  const goals = new Map(portsOf(to).map((port) => [keyOf(port.point), port]));
  for (let step = queue.pop(); step !== undefined; step = queue.pop()) {
    const state = `${keyOf(step.point)},${step.direction}${from === to ? startOf(step) : ''}`;
    if (done.has(state)) continue;
    done.add(state);
    const goal = goals.get(keyOf(step.point));
    if (goal !== undefined && step.before !== undefined) return pointsOf(step);
    for (const next of stepsFrom(step, around)) {
      const port = goals.get(keyOf(next.point));
      if (port === undefined && around.ground.get(keyOf(next.point)) === 'blocked') continue;
      if (port !== undefined && !mayEnter(next, port, from === to)) continue;
      const cost = next.cost + (port === undefined ? 0 : port.offCentre * costs.offCentre);
      queue.push(cost + distanceTo(to, next.point), { ...next, cost });
    }
  }
  throw new Error(
    'No way is left for an arrow: give the boxes other places in tools/states-diagram/boxes.ts',
  );
}

/** Steps from a point to a box at least; looking there first finds the same way sooner. */
function distanceTo(box: Box, { x, y }: Point): number {
  const horizontal = Math.max(box.left - x, 0, x - box.left - box.width);
  const vertical = Math.max(box.top - y, 0, y - box.top - box.height);
  return horizontal + vertical;
}

export function keyOf(point: Point): string {
  return `${point.x},${point.y}`;
}

interface Port {
  readonly point: Point;
  readonly outwards: number;
  readonly offCentre: number;
}

/** The points of the border where an arrow may begin or end; the corners are rounded. */
function portsOf(box: Box): Port[] {
  const { left, top, width, height } = box;
  const along = (length: number) => Array.from({ length: length - 1 }, (_, index) => index + 1);
  return [
    ...along(width).flatMap((offset) => {
      // A box that spans columns is entered from above or below anywhere.
      const offCentre = width > 12 ? 0 : Math.abs(offset - width / 2);
      return [
        { point: { x: left + offset, y: top }, outwards: 3, offCentre },
        { point: { x: left + offset, y: top + height }, outwards: 1, offCentre },
      ];
    }),
    ...along(height).flatMap((offset) => {
      const offCentre = Math.abs(offset - height / 2);
      return [
        { point: { x: left, y: top + offset }, outwards: 2, offCentre },
        { point: { x: left + width, y: top + offset }, outwards: 0, offCentre },
      ];
    }),
  ];
}

function stepsFrom(step: Step, around: Surroundings): Step[] {
  return directions.flatMap((change, direction) => {
    const isTurn = direction !== step.direction;
    if (Math.abs(direction - step.direction) === 2 || (isTurn && step.before === undefined)) return [];
    // Where another arrow runs, one may only cross it, straight; arrows leave and reach a box straight, too.
    const here = around.occupied.get(keyOf(step.point));
    if (isTurn && (here !== undefined || around.ground.has(keyOf(step.point)))) return [];
    const point = { x: step.point.x + change.x, y: step.point.y + change.y };
    const there = around.occupied.get(keyOf(point));
    const along = change.x === 0 ? 'vertical' : 'horizontal';
    if (there === 'turn' || there === along) return [];
    const cost =
      step.cost +
      1 +
      (isTurn ? costs.turn : 0) +
      (there === undefined ? 0 : costs.crossing) +
      (isBesideAnother(point, change, around.occupied) ? costs.beside : 0) +
      (around.ground.has(keyOf(point)) ? costs.closeToBox : 0);
    return [{ point, direction, cost, before: step }];
  });
}

function isBesideAnother(point: Point, change: Point, occupied: Occupied): boolean {
  const along = change.x === 0 ? 'vertical' : 'horizontal';
  return [-2, -1, 1, 2].some((away) => {
    const other = occupied.get(keyOf({ x: point.x + away * change.y, y: point.y + away * change.x }));
    return other === along || other === 'turn';
  });
}

function mayEnter(step: Step, port: Port, isLoop: boolean): boolean {
  if (directions[step.direction] !== directions[(port.outwards + 2) % 4]) return false;
  const start = startOf(step).split(',').map(Number);
  return !isLoop || Math.abs((start[0] ?? 0) - port.point.x) + Math.abs((start[1] ?? 0) - port.point.y) >= 5;
}

function startOf(step: Step): string {
  let first = step;
  while (first.before !== undefined) first = first.before;
  return keyOf(first.point);
}

function pointsOf(last: Step): Point[] {
  const points: Point[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.before) points.unshift(step.point);
  return points;
}
