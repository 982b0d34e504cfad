import type { StateGraph } from './graph.ts';

/** The graph in the language of Graphviz, for those who want to lay it out themselves. */
export function dotText(graph: StateGraph, labels: boolean): string {
  const nodes = graph.states.map(({ name, isStable, isFailure }) => {
    const attributes = [
      ...(isStable ? ['peripheries=2'] : []),
      ...(isFailure ? ['color=red', 'fontcolor=red'] : []),
    ];
    return `  "${name}"${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};`;
  });
  const arrows = graph.edges.map(({ from, to, events }) => {
    const label = labels ? ` [label="${events.join('\\n')}"]` : '';
    return `  "${from}" -> "${to}"${label};`;
  });
  return [
    'digraph states {',
    '  rankdir=LR;',
    '  node [shape=box, style=rounded];',
    ...nodes,
    ...arrows,
    '}',
    '',
  ].join('\n');
}
