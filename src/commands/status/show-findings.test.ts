import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsJson, findingsTable } from './show-findings.ts';
import { worstOf } from './upgrade-check.ts';

const fine = { check: 'One', result: 0, details: null } as const;
const odd = { check: 'Two', result: 1, details: 'Größe' } as const;
const bad = {
  check: 'Three',
  result: 2,
  details: 'Something is wrong, and it takes more than a line of sixty characters to say so.',
} as const;

describe('findingsTable', () => {
  it('has a bordered cell for each check, as wide as its longest line', () => {
    assert.equal(
      findingsTable([fine, bad]),
      `+---------------------------------------------------------------------+
| Upgrade Check Results                                               |
+---------------------------------------------------------------------+
| Check: One                                                          |
| Result: Success                                                     |
| Details: None                                                       |
+---------------------------------------------------------------------+
| Check: Three                                                        |
| Result: Failure                                                     |
| Details: Something is wrong, and it takes more than a line of sixty |
|   characters to say so.                                             |
+---------------------------------------------------------------------+
`,
    );
  });

  it('says Warning', () => {
    assert.match(findingsTable([odd]), /\| Result: Warning +\|\n\| Details: Größe +\|/);
  });
});

describe('findingsJson', () => {
  it('is one line', () => {
    assert.equal(
      findingsJson([fine, odd]),
      '{"name": "Upgrade Check Results", "checks": [{"check": "One", "result": 0, "details": null}, ' +
        '{"check": "Two", "result": 1, "details": "Gr\\u00f6\\u00dfe"}]}\n',
    );
  });
});

describe('worstOf', () => {
  it('is the highest result', () => {
    assert.equal(worstOf([]), 0);
    assert.equal(worstOf([fine, odd, fine]), 1);
    assert.equal(worstOf([odd, bad, fine]), 2);
  });
});
