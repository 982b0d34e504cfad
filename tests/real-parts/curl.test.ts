import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { skipWithout } from '../../testing/debian-packages.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(['curl']);
const site = 'https://dashboard.example';

/** Runs curl against a service of its own; `{}` in the arguments is the URL of the service. */
async function withService(t: TestContext) {
  const folder = temporaryFolder().path;
  const options = `[cors]\nallowed_origin = ${site}\nmax_age = 600`;
  const service = await startRealService(folder, recordingLogger(), options);
  t.after(() => service.stop());
  return async (...args: string[]): Promise<{ head: string; body: string }> => {
    const given = args.map((arg) => arg.replace('{}', service.url));
    const { stdout, stderr, code } = await runStockProgram('/usr/bin/curl', ['-sS', '-i', ...given], folder);
    assert.equal(code, 0, stderr);
    const [head = '', body = ''] = stdout.split('\r\n\r\n');
    return { head, body };
  };
}

describe('curl', { skip }, () => {
  it('makes, lists and deletes a rule', async (t) => {
    const curl = await withService(t);

    const made = await curl('{}/v1/rules', '--json', '{"actions": [{"action": "fail", "message": "x"}]}');
    const listed = await curl('{}/v1/rules');
    const deleted = await curl('-X', 'DELETE', '{}/v1/rules');

    assert.match(made.head, /^HTTP\/1\.1 201 /);
    assert.equal(JSON.parse(listed.body).rules[0].uuid, JSON.parse(made.body).uuid);
    assert.match(deleted.head, /^HTTP\/1\.1 204 /);
  });

  it('asks for the head alone, and for a version that is too new', async (t) => {
    const curl = await withService(t);

    const head = await curl('--head', '{}/v1');
    const tooNew = await curl('-H', 'X-OpenStack-Ironic-Inspector-API-Version: 1.99', '{}/v1');

    assert.match(
      head.head,
      /^HTTP\/1\.1 200 [^]*\r\nX-OpenStack-Ironic-Inspector-API-Maximum-Version: 1\.18/,
    );
    assert.match(tooNew.head, /^HTTP\/1\.1 406 /);
  });

  it('is told what pages of other sites may do', async (t) => {
    const curl = await withService(t);
    const asking = ['-X', 'OPTIONS', '-H', 'Access-Control-Request-Method: POST', '{}/v1/rules'];

    const allowed = await curl('-H', `Origin: ${site}`, ...asking);
    const other = await curl('-H', 'Origin: https://other.example', ...asking);

    assert.match(allowed.head, /\r\nAccess-Control-Allow-Origin: https:\/\/dashboard\.example\r\n/);
    assert.match(allowed.head, /\r\nAccess-Control-Max-Age: 600\r\n/);
    assert.doesNotMatch(other.head, /Access-Control/);
  });
});
