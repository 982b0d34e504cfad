import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInsViolations } from './built-ins.ts';
import { documentationViolations } from './documentation.ts';
import { madeUpTree, readTree } from './read-tree.ts';

describe('the code of src/', () => {
  const files = readTree('src');

  it('lists every built-in', () => {
    assert.deepEqual(builtInsViolations(files), []);
  });

  it('says of everything exported what it is for', () => {
    assert.deepEqual(documentationViolations(files), []);
  });
});

describe('the rule of built-ins', () => {
  const listed = {
    'hooks/built-ins.ts': "import { a } from './processing/a.ts';",
    'hooks/processing/a.ts': "import type { Hook } from '../hook.ts';\nimport { plan } from './a-plan.ts';",
    'hooks/processing/a-plan.ts': '',
    'hooks/processing/a.test.ts': '',
    'hooks/hook.ts': '',
    'hooks/hook-options.ts': '',
  };

  it('accepts what the list imports, what that imports, tests and options', () => {
    assert.deepEqual(builtInsViolations(madeUpTree(listed), {}), []);
  });

  it('refuses a file that nothing beside it imports', () => {
    const files = madeUpTree({
      ...listed,
      'hooks/processing/b.ts': '',
      'introspection/x.ts': "import { b } from '../hooks/processing/b.ts';",
    });

    assert.deepEqual(builtInsViolations(files, {}), [
      'src/hooks/processing/b.ts: not in src/hooks/built-ins.ts, nor imported by anything that is',
    ]);
  });

  it('accepts a file named as support as long as it exists', () => {
    const files = madeUpTree({ ...listed, 'hooks/run.ts': '' });

    assert.deepEqual(
      builtInsViolations(files, { 'hooks/run.ts': 'runs them', 'hooks/gone.ts': 'ran them' }),
      ['src/hooks/gone.ts: listed as support, but there is no such file'],
    );
  });
});

describe('the rule of documentation', () => {
  it('refuses exports without a comment', () => {
    const files = madeUpTree({
      'nodes/x.ts': [
        '/** Fine. */',
        'export interface A {}',
        '',
        'export interface B {}',
        'export async function c() {}',
        'export class D {}',
      ].join('\n'),
    });

    assert.deepEqual(documentationViolations(files), [
      'src/nodes/x.ts:4: B has no comment that says what it is for',
      'src/nodes/x.ts:5: c has no comment that says what it is for',
      'src/nodes/x.ts:6: D has no comment that says what it is for',
    ]);
  });

  it('accepts comments of either form, overloads, constants, and whatever is not exported', () => {
    const files = madeUpTree({
      'nodes/x.ts': [
        '/**\n * Long.\n */\nexport function a(x: string): void;',
        'export function a(x: number): void;',
        '// Short.\nexport abstract class B {}',
        'export const c = 1;',
        'function d() {}',
      ].join('\n'),
    });

    assert.deepEqual(documentationViolations(files), []);
  });
});
