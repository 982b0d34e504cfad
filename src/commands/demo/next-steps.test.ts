import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { openDirectory } from './demo-directory.ts';
import { nextSteps, shellWord } from './next-steps.ts';

const url = 'http://127.0.0.1:5050';

function steps(pid: number | undefined, ...options: string[]) {
  const directory = openDirectory('demo', { workingDirectory: temporaryFolder().path, userId: undefined });
  return { directory, text: nextSteps({ directory, url, pid, options }) };
}

describe('nextSteps', () => {
  it('tells where everything is', () => {
    const { directory, text } = steps(undefined);

    for (const path of [directory.configFile, directory.database, directory.logFile])
      assert.ok(text.includes(path));
  });

  it('names commands for another run in the same place', () => {
    const { text } = steps(undefined, '--directory', 'x', '--port', '5051');

    assert.match(text, /^ {2}npm run demo -- --directory x --port 5051 {2,}finds the same node again/m);
    assert.match(
      text,
      /^ {2}npm run demo -- --directory x --port 5051 --keep {2,}leaves the service running/m,
    );
  });

  it('needs no options for the usual place', () => {
    const { text } = steps(undefined);

    assert.match(text, /^ {2}npm run demo {2,}finds/m);
    assert.match(text, /^ {2}npm run demo -- --fresh {2,}begins anew/m);
  });

  it('says how to use and to stop a service that goes on', () => {
    const { text } = steps(4711);

    assert.match(text, /^The service goes on at http:\/\/127\.0\.0\.1:5050 \(process 4711\)$/m);
    assert.match(text, /^ {2}curl -s http:\/\/127\.0\.0\.1:5050\/v1\/introspection /m);
    assert.match(text, /^ {2}kill 4711 {2,}stops the service$/m);
  });
});

describe('shellWord', () => {
  for (const text of ['/tmp/demo-1', 'a b', "it's", '$HOME', '`id`', '', '"', 'ü', '*', '!x']) {
    it(`leads a shell to ${JSON.stringify(text)}`, () => {
      const word = shellWord(text);

      assert.equal(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' }), text);
    });
  }

  it('leaves plain paths as they are', () => {
    assert.equal(shellWord('/tmp/demo-1'), '/tmp/demo-1');
  });
});
