import { type JsonObject, type JsonValue, objectsIn } from '../../../json/json-value.ts';
import { escapeControl } from '../../../logging/escape-control.ts';

/** What would change, as a diff: a paragraph a node, `-` before what is and `+` before what would be. */
export function dryRunText(nodes: readonly JsonObject[], summary: JsonObject): string {
  const paragraphs = nodes.map(linesOf).filter((lines) => lines.length > 1);
  const { nodes: number, would_change: change, would_fail: fail } = summary;
  const count = `${shown(number)} node(s): ${shown(change)} would change, ${shown(fail)} would fail`;
  return [...paragraphs.flatMap((lines) => [...lines, '']), count]
    .map((line) => `${escapeControl(line)}\n`)
    .join('');
}

function linesOf({ node, changes, failure, error }: JsonObject): string[] {
  const decided = objectsIn(changes);
  return [
    `node ${shown(node)}`,
    ...decided.flatMap(changeLines),
    ...(typeof failure === 'string' ? [`! would fail: ${failure}`] : []),
    ...(typeof error === 'string' ? [`! not worked on: ${error}`] : []),
  ];
}

function changeLines({ by, on, path, from, to }: JsonObject): string[] {
  const place = [on, path]
    .filter((part): part is string => typeof part === 'string' && part !== '')
    .join(' ');
  return [
    `@ ${place} (${shown(by)})`,
    ...(from === null || from === undefined ? [] : [`- ${shown(from)}`]),
    ...(to === null || to === undefined ? [] : [`+ ${shown(to)}`]),
  ];
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? null);
}
