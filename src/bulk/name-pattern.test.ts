import assert from 'node:assert/strict';
import { it } from 'node:test';
import { processorTime } from '../../testing/processor-time.ts';
import { matchesPattern } from './name-pattern.ts';

const cases: readonly (readonly [name: string, pattern: string, matches: boolean])[] = [
  ['rack1-7', 'rack1-7', true],
  ['rack1-7', 'RACK1-*', true],
  ['rack1-7', '*-7', true],
  ['rack1-7', '*', true],
  ['', '*', true],
  ['rack1-7', '**', true],
  ['rack1-7', 'r*1*7', true],
  ['rack1-7', 'r*7*1', false],
  ['rack1-7', 'rack1', false],
  ['ab', 'ab*b', false],
  ['abb', 'ab*b', true],
  ['rack1-7', 'rack.-7', false],
  ['rack1-7', 'rack?-7', false],
  ['a.b', 'a.*', true],
];

for (const [name, pattern, matches] of cases) {
  it(`matchesPattern: "${name}" is ${matches ? '' : 'not '}as "${pattern}" has it`, () => {
    assert.equal(matchesPattern(name, pattern), matches);
  });
}

it('matchesPattern takes no long time for a hostile pattern', () => {
  const spent = processorTime();

  const matches = matchesPattern('a'.repeat(255), `${'a*'.repeat(127)}b`);

  assert.equal(matches, false);
  assert.ok(spent() < 1000);
});
