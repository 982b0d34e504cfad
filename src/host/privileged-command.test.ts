// Shows these lines of docs/compatibility.md: privileges-direct.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { isRoot, mayChangeNetworks, type PrivilegeOptions, privilegedRunner } from './privileged-command.ts';

/** A runner that knows only these programs, which are shell scripts, and those of the system. */
function runnerWith(programs: Readonly<Record<string, string>>, options: Partial<PrivilegeOptions> = {}) {
  const { path } = temporaryFolder();
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, name), 0o755);
  }
  return privilegedRunner({
    rootwrapConfig: '/etc/r.conf',
    isEnough: () => true,
    path: `${path}:/usr/bin:/bin`,
    ...options,
  });
}

const unprivileged = { isEnough: () => false };
const sudo = (script: string) => runnerWith({ sudo: script }, unprivileged);
/** What is over at the next try, perhaps. */
const isPassing = (title: string) => title === 'a signal' || title.startsWith('a limit');
const command = { program: 'nft', args: ['-f', '-'] };

describe('a privileged command', () => {
  it('runs directly where that is enough, with its input and a small environment', async () => {
    const run = runnerWith({
      show: 'echo "$*"; cat; echo "$LC_ALL $HOME$USER"',
    });

    const output = await run({ program: 'show', args: ['a b', '$(id)'], input: 'line 1\nline 2\n' });

    assert.equal(output, 'a b $(id)\nline 1\nline 2\nC \n');
  });

  it('runs through sudo and rootwrap otherwise, with its input', async () => {
    const output = await sudo('printf "%s " "$@"; cat')({ ...command, input: 'x' });

    assert.equal(output, '-n ironic-inspector-rootwrap /etc/r.conf nft -f - x');
  });

  it('has an empty input unless there is one', async () => {
    assert.equal(await runnerWith({})({ program: 'cat', args: [] }), '');
  });

  it('takes a large input and gives a large output', async () => {
    const input = 'x'.repeat(5_000_000);

    const output = await runnerWith({})({ program: 'cat', args: [], input });

    assert.equal(output.length, input.length);
  });

  it('may end before it has read everything', async () => {
    const output = await runnerWith({ short: 'echo done' })({
      program: 'short',
      args: [],
      input: 'x'.repeat(5_000_000),
    });

    assert.equal(output, 'done\n');
  });

  it('is over with its program, whatever that has left behind', async () => {
    const run = runnerWith({ start: 'echo begun; sleep 20 & echo "$!"' });

    const [told, left] = (await run({ program: 'start', args: [] })).split('\n');
    process.kill(Number(left));

    assert.equal(told, 'begun');
  });

  it('tells how it ended, and callers the code and the reason', async () => {
    const run = runnerWith({ nft: 'echo "line 1\n  line 2 " >&2; exit 3' });

    await assert.rejects(run(command), {
      name: 'CommandFailed',
      kind: 'unavailable',
      message: 'nft -f - ended with 3: line 1; line 2',
      exitCode: 3,
      stderr: 'line 1\n  line 2 \n',
      isLasting: false,
    });
    await assert.rejects(runnerWith({ nft: 'exit 1' })(command), {
      message: 'nft -f - ended with 1: it says nothing about the reason',
    });
    await assert.rejects(runnerWith({ nft: 'printf %0900d 1 >&2; exit 1' })(command), (error: any) => {
      return error.message.length < 600 && error.message.endsWith('...') && error.stderr.length === 900;
    });
  });

  for (const [title, run, message] of [
    [
      'a program that is missing',
      runnerWith({}),
      /^nft -f - cannot be run: there is no program nft\. Install/,
    ],
    [
      'sudo that is missing',
      runnerWith({}, { ...unprivileged, path: '/nowhere' }),
      /needs more rights .* there is no sudo: install sudo, or give the service CAP_NET_ADMIN/,
    ],
    [
      'a program that lacks privileges',
      runnerWith({ nft: 'echo "Operation not permitted (you must be root)" >&2; exit 1' }),
      /you must be root\)\. It takes root or CAP_NET_ADMIN in the network namespace of the service$/,
    ],
    [
      'sudo that wants a password',
      sudo('echo "sudo: a password is required" >&2; exit 1'),
      new RegExp(
        `Install ironic-inspector\\.sudoers .*: ${userInfo().username} ALL = \\(root\\) NOPASSWD: ` +
          '/usr/bin/ironic-inspector-rootwrap /etc/r\\.conf nft -f -$',
      ),
    ],
    [
      'sudo that does not know the user',
      sudo('echo "Sorry, user x is not allowed to execute y" >&2; exit 1'),
      /ironic-inspector\.sudoers/,
    ],
    [
      'sudo without rootwrap',
      sudo('echo "sudo: ironic-inspector-rootwrap: command not found" >&2; exit 1'),
      /Install ironic-inspector-rootwrap in a folder of the secure_path of sudo$/,
    ],
    [
      'sudo in a unit that forbids it',
      sudo('echo "sudo: The \\"no new privileges\\" flag is set" >&2; exit 1'),
      /install the drop-in rootwrap\.conf or net-admin\.conf/,
    ],
    [
      'rootwrap that refuses',
      sudo('echo "ironic-inspector-rootwrap: Unauthorized command" >&2; exit 99'),
      /No filter allows it: install ironic-inspector\.filters .* of filters_path of \/etc\/r\.conf$/,
    ],
    [
      'rootwrap with a wrong configuration',
      sudo('echo "ironic-inspector-rootwrap: Incorrect configuration" >&2; exit 97'),
      /Put \/etc\/r\.conf in order, or set \[DEFAULT\]rootwrap_config$/,
    ],
    [
      'rootwrap that does not find the program',
      sudo('echo "ironic-inspector-rootwrap: Executable not found" >&2; exit 96'),
      /Install the package that has nft$/,
    ],
    [
      'a program that lacks privileges behind sudo',
      sudo('echo "Permission denied" >&2; exit 96'),
      /Permission denied\. It takes root or CAP_NET_ADMIN/,
    ],
    ['a signal', runnerWith({ nft: 'kill -TERM $$' }), /^nft -f - did not work: it was ended by SIGTERM$/],
    [
      'a limit of time',
      runnerWith({ nft: 'exec sleep 60' }, { timeoutSeconds: 0.05 }),
      /^nft -f - did not work: it took more than 0\.05 s$/,
    ],
    [
      'a limit of output',
      runnerWith({ nft: 'exec cat /dev/zero' }),
      /^nft -f - did not work: it wrote more than \d+ bytes$/,
    ],
  ] as const) {
    it(`says what to do about ${title}`, async () => {
      await assert.rejects(run(command), { name: 'CommandFailed', isLasting: !isPassing(title), message });
    });
  }

  it('says what the system says of a program that cannot be run', async () => {
    const { path } = temporaryFolder();
    writeFileSync(join(path, 'nft'), '');

    await assert.rejects(runnerWith({}, { path })(command), { message: /^nft -f - did not work: .*EACCES/ });
  });
});

describe('the privileges of this process', () => {
  it('are enough for networks by CAP_NET_ADMIN in the ambient set, or as root', () => {
    const ambient = (text: string) => mayChangeNetworks(() => `Name:\tnode\nCapAmb:\t${text}\n`);

    assert.equal(ambient('0000000000001000'), true);
    assert.equal(ambient('0000000000003000'), true);
    assert.equal(ambient('0000000000002000'), isRoot());
    assert.equal(
      mayChangeNetworks(() => ''),
      isRoot(),
    );
    assert.equal(typeof mayChangeNetworks(), 'boolean');
    assert.equal(isRoot(), process.geteuid?.() === 0);
  });
});
