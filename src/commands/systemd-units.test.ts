import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { parseServiceArguments } from './service-arguments.ts';

const folder = fileURLToPath(new URL('../../systemd', import.meta.url));
const programs = ['ironic-inspector', 'ironic-inspector-api', 'ironic-inspector-conductor'] as const;

const analyzes = spawnSync('systemd-analyze', ['--version']).status === 0;
const skip = !analyzes && 'systemd-analyze is not installed';

/** The unit with a program that is there, as the package need not be installed where tests run. */
function copiedUnit(unit: string, text: string): string {
  const { path } = temporaryFolder();
  cpSync(folder, path, { recursive: true });
  const known = text
    .replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true')
    .replace(/^Documentation=.*\n/m, '')
    .replace(/^(User|Group)=.*/gm, '$1=root');
  writeFileSync(join(path, unit), known);
  return join(path, unit);
}

for (const program of programs) {
  describe(`the systemd unit of ${program}`, () => {
    const unit = `${program}.service`;
    const text = readFileSync(join(folder, unit), 'utf8');

    it('starts the service with arguments that it knows', () => {
      const command = /^ExecStart=(.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
      const given = parseServiceArguments(
        { program, description: '', version: '' },
        command.slice(1).filter((word) => !word.startsWith('$')),
        madeUpConsole('/'),
      );

      assert.equal(command[0], `/usr/bin/${program}`);
      assert.deepEqual('configuration' in given && given.configuration, [
        { file: '/etc/ironic-inspector/ironic-inspector.conf' },
      ]);
    });

    it('waits for readiness that a child of the service tells, and longer for the stop than the service takes', () => {
      assert.match(text, /^Type=notify\nNotifyAccess=all|^Type=notify\n#.*\nNotifyAccess=all/m);
      assert.match(text, /^WatchdogSec=\d+/m);
      assert.ok(Number(/^TimeoutStopSec=(\d+)/m.exec(text)?.[1]) > 60);
    });

    it('is understood by systemd, with its drop-in', { skip }, () => {
      const { status, stderr } = spawnSync(
        'systemd-analyze',
        ['verify', '--man=no', copiedUnit(unit, text)],
        {
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], SYSTEMD_LOG_LEVEL: 'warning' },
        },
      );

      assert.doesNotMatch(stderr, /ironic-inspector|rootwrap\.conf|Unknown/);
      assert.equal(status, 0, stderr);
    });

    it('is judged as well protected', { skip }, () => {
      // Alone, without the drop-in.
      const file = join(temporaryFolder().path, unit);
      writeFileSync(file, text);
      const told = spawnSync(
        'systemd-analyze',
        ['security', '--offline=true', '--no-pager', '--threshold=25', file],
        {
          encoding: 'utf8',
        },
      );

      assert.equal(told.status, 0, told.stdout.split('\n').slice(-4).join('\n') + told.stderr);
    });
  });
}
