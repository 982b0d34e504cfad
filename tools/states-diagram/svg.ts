import { boxesOf, extentOf, margin } from './boxes.ts';
import type { Point } from './find-route.ts';
import type { DrawnState, Edge, StateGraph } from './graph.ts';
import { type Label, labelsOf, lineHeight, type Rectangle, scaled } from './labels.ts';
import { routesOf } from './routing.ts';

/** Pixels of one cell of the grid. */
const cell = 12;
const cornerRadius = 8;
/** Cells below everything else, for the sentence that explains the borders. */
const noteHeight = 2;

const style = `
    .state { fill: #f6f8fa; stroke: #424a53; stroke-width: 1.5 }
    .state-inner { fill: none; stroke: #424a53 }
    .state-name { font: 600 15px system-ui, sans-serif; fill: #1f2328; text-anchor: middle }
    .arrow { fill: none; stroke: #57606a; stroke-width: 1.5; marker-end: url(#head) }
    .event { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; fill: #1f2328 }
    .failure.state { fill: #ffebe9; stroke: #cf222e }
    .failure.state-inner { stroke: #cf222e }
    .failure.state-name { fill: #a40e26 }
    .failure.arrow { stroke: #cf222e; marker-end: url(#failure-head) }
    .failure.event { fill: #a40e26 }
    .note { font: 12px system-ui, sans-serif; fill: #57606a }
  `;

/** The graph as a picture: boxes on a grid, arrows at right angles, events beside them. */
export function svgText(graph: StateGraph, labels: boolean): string {
  const boxes = boxesOf(graph.states.map((state) => state.name));
  const routes = new Map(
    [...routesOf(graph.edges, boxes)].map(([edge, points]) => [
      edge,
      points.map(({ x, y }) => ({ x: x * cell, y: y * cell })),
    ]),
  );
  const rectangles = new Map([...boxes].map(([name, box]) => [name, scaled(box, cell)]));
  const { width, height } = extentOf(boxes.values());
  const picture = scaled({ left: 0, top: 0, width, height: height + noteHeight }, cell);
  const places = labels ? labelsOf(routes, [...rectangles.values()], picture) : new Map<Edge, Label>();
  const failures = new Set(graph.states.filter((state) => state.isFailure).map((state) => state.name));
  const classOf = (edge: Edge) => (failures.has(edge.to) ? 'failure ' : '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${picture.width} ${picture.height}" role="img" aria-labelledby="title">`,
    '  <title id="title">States of an introspection and the events that lead from one to another</title>',
    `  <style>${style}</style>`,
    `  <defs>${head('head', '#57606a')}${head('failure-head', '#cf222e')}</defs>`,
    '  <rect width="100%" height="100%" rx="8" fill="#ffffff"/>',
    ...[...routes].map(([edge, points]) => `  <path class="${classOf(edge)}arrow" d="${pathOf(points)}"/>`),
    ...graph.states.flatMap((state) => boxText(state, rectangles.get(state.name))),
    ...[...places].flatMap(([edge, label]) => labelText(label, `${classOf(edge)}event`)),
    `  <text class="note" x="${margin * cell}" y="${picture.height - cell}">Double border: nothing is going on.</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function head(id: string, colour: string): string {
  return (
    `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path d="M0 1 L10 5 L0 9 Z" fill="${colour}"/></marker>`
  );
}

function boxText(state: DrawnState, box: Rectangle | undefined): string[] {
  if (box === undefined) return [];
  const failure = state.isFailure ? 'failure ' : '';
  const rectangle = (name: string, inset: number) =>
    `  <rect class="${failure}${name}" x="${box.left + inset}" y="${box.top + inset}" ` +
    `width="${box.width - 2 * inset}" height="${box.height - 2 * inset}" rx="${cornerRadius - inset}"/>`;
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2 + 5];
  return [
    rectangle('state', 0),
    ...(state.isStable ? [rectangle('state-inner', 4)] : []),
    `  <text class="${failure}state-name" x="${x}" y="${y}">${state.name}</text>`,
  ];
}

function labelText(label: Label, className: string): string[] {
  return label.lines.map((line, index) => {
    const y = label.top + (index + 1) * lineHeight - 4;
    return `  <text class="${className}" x="${rounded(label.left)}" y="${rounded(y)}">${line}</text>`;
  });
}

/** A line through the points whose corners are rounded. */
function pathOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined) return `L${point.x} ${point.y}`;
      const [start, end] = [towards(point, before), towards(point, after)];
      return `L${start.x} ${start.y} Q${point.x} ${point.y} ${end.x} ${end.y}`;
    })
    .join(' ');
}

function towards(point: Point, other: Point): Point {
  return {
    x: point.x + Math.sign(other.x - point.x) * cornerRadius,
    y: point.y + Math.sign(other.y - point.y) * cornerRadius,
  };
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
