import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { machinePaths, makeMachine, readMachine } from './machine-description.ts';
import { machinePower, type StartProgram } from './machine-power.ts';

/** In place of QEMU: leaves a program behind that writes its pid into the file of that option, and runs this code first. */
function fakeQemu(code = ''): StartProgram {
  return (words, options) => {
    const pidFile = words[words.indexOf('-pidfile') + 1] ?? '';
    const write = 'require("node:fs").writeFileSync(process.argv[1], String(process.pid))';
    const script =
      '"$0" -e "$1" -- "$2" >/dev/null 2>&1 & while ! grep -q "^$!" "$2"; do sleep 0.02; done 2>/dev/null';
    const program = [script, process.execPath, `${code}; ${write}; setTimeout(() => {}, 30000)`, pidFile];
    return spawn('sh', ['-c', ...program], options);
  };
}

function machine(t: TestContext, start: StartProgram = fakeQemu()) {
  const folder = join(temporaryFolder().path, 'node-1');
  makeMachine({
    name: 'node-1',
    folder,
    firmware: 'bios',
    memory: 512,
    cpus: 1,
    interfaces: [{ mac: '52:54:00:00:00:01', tap: 'tap1' }],
    disks: [{ bus: 'virtio', gibibytes: 10 }],
    serialNumber: 'LAB-1',
  });
  const commands: (readonly string[])[] = [];
  const recorded: StartProgram = (words, options) => {
    commands.push(words);
    return start(words, options);
  };
  const power = machinePower(folder, recorded, 500);
  t.after(() => power.off());
  return { folder, power, commands };
}

describe('makeMachine', () => {
  it('makes empty disks that take no space', (t) => {
    const { folder } = machine(t);

    const { size, blocks } = statSync(machinePaths(folder).disk(0));

    assert.equal(size, 10 * 1024 ** 3);
    assert.equal(blocks, 0);
    assert.equal(readMachine(folder).serialNumber, 'LAB-1');
  });

  it('refuses folders that QEMU cannot be told of', (t) => {
    const description = readMachine(machine(t).folder);

    for (const folder of ['relative', '/with,comma', `/${'x'.repeat(100)}`]) {
      assert.throws(() => makeMachine({ ...description, folder }), {
        kind: 'invalid',
        message: /^Expected an absolute path without commas of at most 94 characters/,
      });
    }
  });
});

describe('machinePower', () => {
  it('switches on once, and off', async (t) => {
    const { power, commands } = machine(t);
    assert.equal(power.isOn(), false);

    await power.on();
    await power.on();

    assert.equal(power.isOn(), true);
    assert.equal(commands.length, 1);
    await power.off();
    await power.off();
    assert.equal(power.isOn(), false);
  });

  it('resets, from off as well', async (t) => {
    const { power, commands } = machine(t);

    await power.reset();
    await power.reset();

    assert.equal(power.isOn(), true);
    assert.equal(commands.length, 2);
  });

  it('boots once from what is chosen for one start, and always from what is chosen for all', async (t) => {
    const { power, commands } = machine(t);
    const bootsFromNetwork = () => commands.at(-1)?.some((word) => word.endsWith('bootindex=1'));

    power.setBoot({ device: 'pxe', once: true });
    await power.reset();
    assert.equal(bootsFromNetwork(), true);
    await power.reset();
    assert.equal(bootsFromNetwork(), false);
    power.setBoot({ device: 'pxe', once: false });
    await power.reset();
    await power.reset();
    assert.equal(bootsFromNetwork(), true);
    assert.deepEqual(power.boot(), { device: 'pxe', once: false });
  });

  it('tells what QEMU complains of', async (t) => {
    const { power } = machine(t, (_, options) => spawn('sh', ['-c', 'echo no tap >&2; exit 1'], options));

    await assert.rejects(power.on(), {
      kind: 'unavailable',
      message: /^node-1 does not start: no tap\. Check/,
    });
  });

  it('takes a program that got the pid since for none', (t) => {
    const { folder, power } = machine(t);
    writeFileSync(machinePaths(folder).pid, String(process.pid));

    assert.equal(power.isOn(), false);
  });

  it('ends by force what does not end', { timeout: 20_000 }, async (t) => {
    const { power } = machine(t, fakeQemu("process.on('SIGTERM', () => {})"));
    await power.on();

    await power.off();

    assert.equal(power.isOn(), false);
  });
});
