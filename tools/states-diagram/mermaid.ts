import type { StateGraph } from './graph.ts';

/** The graph as a Mermaid `stateDiagram-v2`, which GitHub and GitLab draw in Markdown. */
export function mermaidText(graph: StateGraph, labels: boolean): string {
  const arrows = graph.edges.map(({ from, to, events }) => {
    const label = labels ? `: ${events.join(', ')}` : '';
    return `    ${from} --> ${to}${label}`;
  });
  const failures = graph.states.filter((state) => state.isFailure);
  return [
    'stateDiagram-v2',
    '    direction LR',
    ...arrows,
    '    classDef failure fill:#ffebe9,stroke:#cf222e,color:#a40e26',
    ...failures.map((state) => `    class ${state.name} failure`),
    '',
  ].join('\n');
}
