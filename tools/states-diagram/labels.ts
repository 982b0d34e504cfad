import type { Box } from './boxes.ts';
import type { Point } from './find-route.ts';
import type { Edge } from './graph.ts';

/** In pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The text of an arrow and where it stands, in pixels. */
export interface Label extends Rectangle {
  readonly lines: readonly string[];
}

export const lineHeight = 15;
/** Of the fixed-width font at the size that the drawing uses. */
const characterWidth = 7.3;
const gap = 5;

/** A place for each arrow's events, beside the arrow and as free as can be of everything else. */
export function labelsOf(
  routes: ReadonlyMap<Edge, readonly Point[]>,
  boxes: readonly Rectangle[],
  picture: Rectangle,
): Map<Edge, Label> {
  const labels = new Map<Edge, Label>();
  const strokes = [...routes.values()].flatMap(segmentsOf).map(rectangleOf);
  // The ones with least room choose first.
  const order = [...routes.keys()].toSorted(
    (one, other) => lengthOf(routes.get(one) ?? []) - lengthOf(routes.get(other) ?? []),
  );
  for (const edge of order) {
    const points = routes.get(edge) ?? [];
    const taken = [...labels.values()];
    const rated = segmentsOf(points)
      .flatMap((segment) => candidates(segment, edge.events))
      .map(({ label, offMiddle }) => ({
        label,
        penalty:
          (isInside(label, picture) ? 0 : 1000) +
          100 * boxes.filter((box) => overlap(label, box, gap)).length +
          100 * taken.filter((other) => overlap(label, other, 2)).length +
          20 * strokes.filter((stroke) => overlap(label, stroke, 1)).length +
          offMiddle,
      }));
    const best = rated.toSorted((one, other) => one.penalty - other.penalty)[0];
    if (best !== undefined) labels.set(edge, best.label);
  }
  return labels;
}

export function scaled(box: Box, cell: number): Rectangle {
  return { left: box.left * cell, top: box.top * cell, width: box.width * cell, height: box.height * cell };
}

type Segment = readonly [Point, Point];

function segmentsOf(points: readonly Point[]): Segment[] {
  return points.slice(1).map((point, index) => [points[index] ?? point, point]);
}

function lengthOf(points: readonly Point[]): number {
  return segmentsOf(points).reduce(
    (sum, [from, to]) => sum + Math.abs(from.x - to.x) + Math.abs(from.y - to.y),
    0,
  );
}

function rectangleOf([from, to]: Segment): Rectangle {
  return {
    left: Math.min(from.x, to.x),
    top: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}

/** Beside a vertical stretch, one event a line; above or below a horizontal one, all on one line. */
function candidates(segment: Segment, events: readonly string[]): { label: Label; offMiddle: number }[] {
  const along = rectangleOf(segment);
  const isVertical = along.width === 0;
  const lines = isVertical ? events : [events.join(', ')];
  const width = Math.max(...lines.map((line) => line.length)) * characterWidth;
  const height = lines.length * lineHeight;
  const tooShort = isVertical ? along.height < height : along.width < width;
  return [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].flatMap((share) => {
    const x = along.left + share * along.width;
    const y = along.top + share * along.height;
    const offMiddle = Math.abs(share - 0.5) * 10 + (tooShort ? 15 : 0);
    const corners = isVertical
      ? [
          { left: x + gap, top: y - height / 2 },
          { left: x - gap - width, top: y - height / 2 },
        ]
      : [
          { left: x - width / 2, top: y - 2 - height },
          { left: x - width / 2, top: y + 2 },
        ];
    return corners.map((corner, side) => ({
      label: { ...corner, width, height, lines },
      offMiddle: offMiddle + side,
    }));
  });
}

function isInside(one: Rectangle, other: Rectangle): boolean {
  return (
    one.left >= other.left &&
    one.top >= other.top &&
    one.left + one.width <= other.left + other.width &&
    one.top + one.height <= other.top + other.height
  );
}

function overlap(one: Rectangle, other: Rectangle, distance: number): boolean {
  return (
    one.left < other.left + other.width + distance &&
    other.left < one.left + one.width + distance &&
    one.top < other.top + other.height + distance &&
    other.top < one.top + one.height + distance
  );
}
