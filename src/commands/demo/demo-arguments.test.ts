import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultDirectory, parseDemoArguments } from './demo-arguments.ts';

function parse(...argv: readonly string[]) {
  const said = { out: '', err: '' };
  const result = parseDemoArguments(argv, {
    temporaryFolder: '/tmp',
    userId: 1000,
    write: (text) => void (said.out += text),
    tell: (text) => void (said.err += text),
  });
  return { result, said };
}

describe('arguments of the demo', () => {
  it('are all optional', () => {
    assert.deepEqual(parse().result, { keep: false, fresh: false });
  });

  it('name a folder and a port, and say what becomes of the service and of earlier runs', () => {
    const { result } = parse('--directory', 'x', '--port', '5051', '--keep', '--fresh');

    assert.deepEqual(result, { directory: 'x', port: 5051, keep: true, fresh: true });
  });

  for (const port of ['0', '65536', '-1', '1.5', '1e3', 'http', '']) {
    it(`refuse '${port}' as a port`, () => {
      const { result, said } = parse(`--port=${port}`);

      assert.deepEqual(result, { exitCode: 2 });
      assert.match(said.err, /Expected a port from 1 to 65535/);
    });
  }

  for (const argument of ['--no-such', 'more', '--directory']) {
    it(`exit with 2 for ${argument}`, () => {
      const { result, said } = parse(argument);

      assert.deepEqual(result, { exitCode: 2 });
      assert.match(said.err, /^error: /);
    });
  }

  it('print the usage, with the folder and the port that are taken by default', () => {
    const { result, said } = parse('--help');

    assert.deepEqual(result, { exitCode: 0 });
    assert.match(said.out, /^Usage: npm run demo -- \[options\]/);
    assert.match(said.out, /\/tmp\/ironic-inspector-demo-1000/);
    assert.match(said.out, /5050/);
  });
});

describe('defaultDirectory', () => {
  it("is the user's own, also where users have no numbers", () => {
    assert.equal(defaultDirectory({ temporaryFolder: '/t', userId: 7 }), '/t/ironic-inspector-demo-7');
    assert.equal(
      defaultDirectory({ temporaryFolder: '/t', userId: undefined }),
      '/t/ironic-inspector-demo-user',
    );
  });
});
