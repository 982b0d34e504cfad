import type { State } from '../../src/nodes/states.ts';
import type { Box } from './boxes.ts';
import { extentOf } from './boxes.ts';
import { findRoute, keyOf, type Occupied, type Point } from './find-route.ts';
import type { Edge } from './graph.ts';
import { groundOf } from './ground.ts';

/** How often every arrow looks for its way again, knowing the others', unless all stay where they are. */
const mostRounds = 6;

/** The way of each arrow, as the points where it begins, turns and ends. */
export function routesOf(edges: readonly Edge[], boxes: ReadonlyMap<State, Box>): Map<Edge, Point[]> {
  const routes = new Map<Edge, Point[]>();
  const ground = groundOf([...boxes.values()], extentOf(boxes.values()));
  const order = edges.toSorted((one, other) => distance(one, boxes) - distance(other, boxes));
  for (let round = 0, hasChanged = true; hasChanged && round < mostRounds; round++) {
    hasChanged = false;
    for (const edge of order) {
      const before = routes.get(edge);
      routes.delete(edge);
      const around = { ground, occupied: occupiedBy(routes.values()) };
      const route = findRoute(boxOf(edge.from, boxes), boxOf(edge.to, boxes), around);
      routes.set(edge, route);
      hasChanged ||= JSON.stringify(route) !== JSON.stringify(before);
    }
  }
  return new Map(edges.map((edge) => [edge, turnsOf(routes.get(edge) ?? [])]));
}

function boxOf(state: State, boxes: ReadonlyMap<State, Box>): Box {
  const box = boxes.get(state);
  if (box === undefined) throw new Error(`The state ${state} has no box`);
  return box;
}

/** Between the centres of two boxes: short arrows take the straight way, longer ones go around, loops fit anywhere. */
function distance(edge: Edge, boxes: ReadonlyMap<State, Box>): number {
  if (edge.from === edge.to) return Number.MAX_SAFE_INTEGER;
  const [from, to] = [boxOf(edge.from, boxes), boxOf(edge.to, boxes)];
  const x = from.left + from.width / 2 - to.left - to.width / 2;
  return Math.abs(x) + Math.abs(from.top - to.top);
}

function occupiedBy(routes: Iterable<readonly Point[]>): Occupied {
  const occupied = new Map<string, 'horizontal' | 'vertical' | 'turn'>();
  for (const points of routes) {
    for (const [index, point] of points.entries()) {
      const [before, after] = [points[index - 1], points[index + 1]];
      const isHorizontal = (before ?? after)?.y === point.y && (after ?? before)?.y === point.y;
      const isVertical = (before ?? after)?.x === point.x && (after ?? before)?.x === point.x;
      const passes = isHorizontal ? 'horizontal' : isVertical ? 'vertical' : 'turn';
      occupied.set(keyOf(point), occupied.has(keyOf(point)) ? 'turn' : passes);
    }
  }
  return occupied;
}

function turnsOf(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return true;
    return (before.x === point.x) !== (after.x === point.x);
  });
}
