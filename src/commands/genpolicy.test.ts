import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { samplePolicy, samplePolicyJson } from './genpolicy/sample-policy.ts';
import { runGenpolicy } from './genpolicy.ts';

describe('genpolicy', () => {
  function run(...argv: readonly string[]) {
    const { path } = temporaryFolder();
    const on = madeUpConsole(path);
    return { code: runGenpolicy(argv, on), path, ...on.said };
  }

  it('writes to standard output, in either format', () => {
    const [yaml, json] = [run(), run('--format', 'json')];

    assert.deepEqual([yaml.code, yaml.out], [0, samplePolicy()]);
    assert.deepEqual([json.code, json.out], [0, samplePolicyJson()]);
  });

  it('writes to a file', () => {
    const { code, path, out } = run('--output-file', 'policy.yaml');

    assert.deepEqual([code, out], [0, '']);
    assert.equal(readFileSync(join(path, 'policy.yaml'), 'utf8'), samplePolicy());
  });

  it('says what is wrong', () => {
    assert.deepEqual([run('--format', 'xml').code, run('--nothing').code], [2, 2]);
    assert.match(run('--format', 'xml').err, /expected yaml or json, got 'xml'/);
    assert.equal(run('--output-file', 'no/such/folder').code, 1);
  });
});
