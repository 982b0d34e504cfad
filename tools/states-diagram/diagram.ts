import { dotText } from './dot.ts';
import { stateGraph } from './graph.ts';
import { mermaidText } from './mermaid.ts';
import { svgText } from './svg.ts';

export const diagramFormats = { svg: svgText, mermaid: mermaidText, dot: dotText } as const;

export type DiagramFormat = keyof typeof diagramFormats;

/** The files that lie in the documentation; a test fails when they differ from the table of states. */
export const committedDiagrams: Readonly<Record<string, DiagramFormat>> = {
  'docs/states.svg': 'svg',
  'docs/states.mmd': 'mermaid',
};

/** The state machine of `src/nodes/states.ts`, drawn. The same table gives the same text, byte for byte. */
export function stateDiagram(format: DiagramFormat, labels = true): string {
  return diagramFormats[format](stateGraph(), labels);
}
