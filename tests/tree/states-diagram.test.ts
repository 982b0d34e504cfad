// Shows these lines of docs/compatibility.md: genstates-command.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { events, states, transitions } from '../../src/nodes/states.ts';
import { committedDiagrams, stateDiagram } from '../../tools/states-diagram/diagram.ts';

describe('the diagram of the states', () => {
  for (const [path, format] of Object.entries(committedDiagrams)) {
    it(`in ${path} is drawn from src/nodes/states.ts; if not, run: npm run genstates`, () => {
      const committed = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

      assert.equal(committed, stateDiagram(format));
    });
  }

  it('has every transition of the table and no other', () => {
    const drawn = [...stateDiagram('mermaid').matchAll(/(\w+) --> (\w+): (.*)/g)].flatMap(
      ([, from, to, label]) => (label ?? '').split(', ').map((event) => `${from} ${event} ${to}`),
    );

    const table = states.flatMap((from) =>
      events.flatMap((event) => transitions[from][event] ?? []).map((to) => `${from} ${to}`),
    );
    assert.equal(drawn.length, table.length);
    for (const line of drawn) {
      const [from = '', event = '', to] = line.split(' ');
      assert.equal(transitions[from as (typeof states)[number]][event as (typeof events)[number]], to, line);
    }
  });

  it('shows the failure in red, in every format', () => {
    assert.match(stateDiagram('svg'), /<text class="failure state-name"[^>]*>error</);
    assert.match(stateDiagram('mermaid'), /class error failure/);
    assert.match(stateDiagram('dot'), /"error" \[.*color=red/);
  });

  it('leaves the events out when asked to', () => {
    assert.doesNotMatch(stateDiagram('svg', false), /timeout/);
    assert.doesNotMatch(stateDiagram('mermaid', false), /timeout/);
    assert.doesNotMatch(stateDiagram('dot', false), /timeout/);
  });
});
