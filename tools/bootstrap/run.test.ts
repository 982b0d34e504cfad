import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';

const module = new URL('./run.mjs', import.meta.url).href;

/** The arguments of a Node that calls `run(process.execPath, command, args)`. */
function calling(command: string, args: readonly string[]): string[] {
  const script = `import { run } from '${module}'; await run(process.execPath, ...${JSON.stringify([command, args])});`;
  return ['--input-type=module', '--eval', script];
}

describe('run', () => {
  it('passes arguments and exit code on', () => {
    const script = 'console.log(process.argv[1]); process.exitCode = 7';

    const { status, stdout } = spawnSync(process.execPath, calling('node', ['-e', script, 'a b']), {
      encoding: 'utf8',
    });

    assert.deepEqual({ status, stdout }, { status: 7, stdout: 'a b\n' });
  });

  it('puts the Node that it is given first in PATH', () => {
    const { stdout } = spawnSync(process.execPath, calling('sh', ['-c', 'echo "$PATH"']), {
      encoding: 'utf8',
    });

    assert.equal(stdout.split(':')[0], dirname(process.execPath));
  });

  it('says of a command that is not there, and exits with 127', () => {
    const { status, stderr } = spawnSync(process.execPath, calling('no-such-command', []), {
      encoding: 'utf8',
    });

    assert.equal(status, 127);
    assert.match(stderr, /no-such-command cannot be started/);
  });

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`passes ${signal} on, and exits as the command did`, async () => {
      const script = "console.log('ready'); setInterval(() => {}, 1000)";
      const child = spawn(process.execPath, calling('node', ['-e', script]), {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');

      child.kill(signal);

      assert.deepEqual(await once(child, 'exit'), [code, null]);
    });
  }

  it('lets the command answer a signal in its own way', async () => {
    const script =
      "process.on('SIGTERM', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000)";
    const child = spawn(process.execPath, calling('node', ['-e', script]), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');

    child.kill('SIGTERM');

    assert.deepEqual(await once(child, 'exit'), [5, null]);
  });
});
