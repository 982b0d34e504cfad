import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boundaryViolations, queryBuilderViolations } from './boundaries.ts';
import { madeUpTree, readTree } from './read-tree.ts';

describe('the code of src/', () => {
  const files = readTree('src');

  it('touches the process, the console and globals only where it may', () => {
    assert.deepEqual(boundaryViolations(files), []);
  });

  it('imports the query builder only in database/ and in stores', () => {
    assert.deepEqual(queryBuilderViolations(files), []);
  });
});

describe('the rule of boundaries', () => {
  const processText = 'environment, arguments and process exit belong in src/commands/';
  const anyText = '`any` is for tests; take `unknown`, and find out';
  const refused: Readonly<Record<string, string>> = {
    'const home = process.env.HOME;': processText,
    'const [first] = process.argv;': processText,
    'process.exit(1);': processText,
    'process.exitCode = 1;': processText,
    "import { env } from 'node:process';": processText,
    "console.log('here');": 'console belongs in src/commands/',
    'let counter = 0;': 'a module-level `let` is a global',
    'export let counter = 0;': 'a module-level `let` is a global',
    'export default function f() {}': 'exports are named',
    "export * from './y.ts';": 'exports are listed one by one',
    'function f(x: any) {}': anyText,
    'const x = y as any;': anyText,
    'type T = Record<string, any>;': anyText,
    'const x: any[] = [];': anyText,
  };

  for (const [code, reason] of Object.entries(refused)) {
    it(`refuses ${code}`, () => {
      assert.deepEqual(boundaryViolations(madeUpTree({ 'nodes/x.ts': `\n${code}\n` })), [
        `src/nodes/x.ts:2: ${reason}`,
      ]);
    });
  }

  const accepted = [
    '// let any process.env be; console.log',
    "const text = 'process.env and console.log';",
    'const text = `process.exit ${name} console.log`;',
    'function f() {\n  let i = 0;\n}',
    'const { any } = conditions;',
    'if (any(list)) return;',
    'const value = { any: 1 };',
    'process.memoryUsage();',
    "import { memoryUsage } from 'node:process';",
    'export const defaultLetter = 1;',
  ];

  for (const code of accepted) {
    it(`accepts ${JSON.stringify(code)}`, () => {
      assert.deepEqual(boundaryViolations(madeUpTree({ 'nodes/x.ts': code })), []);
    });
  }

  it('lets commands read the process and write to the console, and tests do as they like', () => {
    const files = madeUpTree({
      'commands/x.ts': "console.log(process.argv);\nimport { env } from 'node:process';",
      'nodes/x.test.ts': 'let database: any = process.env;',
    });

    assert.deepEqual(boundaryViolations(files), []);
  });
});

describe('the rule of the query builder', () => {
  it('accepts the database and stores', () => {
    const files = madeUpTree({
      'database/x.ts': "import { Kysely } from 'kysely';",
      'nodes/node-store.ts': "import type { Kysely } from 'kysely';",
    });

    assert.deepEqual(queryBuilderViolations(files), []);
  });

  it('refuses everybody else, types included', () => {
    const files = madeUpTree({
      'nodes/look-up.ts': "import type { Kysely } from 'kysely';",
      'nodes/store.ts': "import { x } from 'kysely/helpers/sqlite';",
    });

    assert.deepEqual(queryBuilderViolations(files), [
      'src/nodes/look-up.ts:1: kysely belongs in src/database/ and in *-store.ts',
      'src/nodes/store.ts:1: kysely belongs in src/database/ and in *-store.ts',
    ]);
  });
});
