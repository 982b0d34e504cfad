import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importCycles } from './cycles.ts';
import { layerViolations } from './layers.ts';
import { madeUpTree, readTree } from './read-tree.ts';

describe('the imports of src/', () => {
  const files = readTree('src');

  it('point down the layers', () => {
    assert.deepEqual(layerViolations(files), []);
  });

  it('form no cycle', () => {
    assert.deepEqual(importCycles(files), []);
  });

  it('are found at all', () => {
    assert.ok(
      files.flatMap((file) => file.imports).some(({ target }) => target === 'errors/inspector-error.ts'),
    );
  });
});

describe('the layer rule', () => {
  it('accepts the same folder, lower layers and packages', () => {
    const files = madeUpTree({
      'hooks/run.ts': "import { x } from './processing/x.ts';\nimport { y } from '../nodes/y.ts';",
      'nodes/y.ts': "import { Kysely } from 'kysely';\nimport { readFileSync } from 'node:fs';",
      'all-in-one.ts': "import { c } from './configuration.ts';\nimport { a } from './api/a.ts';",
      'commands/start.ts': "import { a } from '../all-in-one.ts';\nimport { b } from '../agent/b.ts';",
    });

    assert.deepEqual(layerViolations(files), []);
  });

  it('refuses an import that points up, whatever its form', () => {
    const forms = [
      "import { x } from '../api/x.ts';",
      "import type { x } from '../api/x.ts';",
      'import {\n  type x,\n} from "../api/x.ts";',
      "import x, * as y from '../api/x.ts';",
      "import '../api/x.ts';",
      "export { x } from '../api/x.ts';",
      "export * from '../api/x.ts';",
      "const x = await import('../api/x.ts');",
      "type X = import('../api/x.ts').X;",
    ];

    for (const form of forms) {
      assert.deepEqual(
        layerViolations(madeUpTree({ 'nodes/y.ts': `\n${form}\n` })),
        ['src/nodes/y.ts:2: nodes (layer 5) must not import api (layer 8)'],
        form,
      );
    }
  });

  it('refuses an import between folders of one layer', () => {
    const files = madeUpTree({ 'rules/y.ts': "import { x } from '../hooks/x.ts';" });

    assert.deepEqual(layerViolations(files), [
      'src/rules/y.ts:1: rules (layer 6) must not import hooks (layer 6)',
    ]);
  });

  it('refuses an import of a test, and one of a folder outside src/', () => {
    const files = madeUpTree({
      'nodes/y.ts': "import { x } from './x.test.ts';\nimport { z } from '../../testing/z.ts';",
    });

    assert.deepEqual(layerViolations(files), [
      'src/nodes/y.ts:1: imports the test nodes/x.test.ts',
      'src/nodes/y.ts:2: imports testing/z.ts, which lies outside src/',
    ]);
  });

  it('lets a test import fakes and builders, but not the code of a higher layer', () => {
    const files = madeUpTree({
      'nodes/y.test.ts': "import { z } from '../../testing/z.ts';\nimport { x } from '../api/x.ts';",
    });

    assert.deepEqual(layerViolations(files), [
      'src/nodes/y.test.ts:2: nodes (layer 5) must not import api (layer 8)',
    ]);
  });

  it('refuses a folder that has no layer', () => {
    assert.deepEqual(layerViolations(madeUpTree({ 'odds/x.ts': '' })), [
      'src/odds: not in the table of layers',
    ]);
  });

  it('is not misled by comments, strings, templates and regular expressions', () => {
    const files = madeUpTree({
      'nodes/y.ts': [
        "// import { x } from '../api/x.ts';",
        "/* import { x } from '../api/x.ts'; */",
        'const text = "import { x } from \'../api/x.ts\';";',
        "const template = `import { x } from '../api/x.ts'; ${text + `}`}`;",
        'const quote = /[\'"`/]/g;',
        'const half = text.length / 2; // it\'s "half"',
        "import { z } from '../hooks/z.ts';",
      ].join('\n'),
    });

    assert.deepEqual(layerViolations(files), [
      'src/nodes/y.ts:7: nodes (layer 5) must not import hooks (layer 6)',
    ]);
  });
});

describe('the cycle rule', () => {
  it('finds a cycle of any length once', () => {
    const files = madeUpTree({
      'a.ts': "import { b } from './b.ts';",
      'b.ts': "import type { c } from './c.ts';",
      'c.ts': "import { a } from './a.ts';\nimport { d } from './d.ts';",
      'd.ts': "import { d } from './d.ts';",
    });

    assert.deepEqual(importCycles(files), ['a.ts -> b.ts -> c.ts -> a.ts', 'd.ts -> d.ts']);
  });

  it('accepts two ways to the same file', () => {
    const files = madeUpTree({
      'a.ts': "import { b } from './b.ts';\nimport { c } from './c.ts';",
      'b.ts': "import { c } from './c.ts';",
      'c.ts': '',
    });

    assert.deepEqual(importCycles(files), []);
  });
});
