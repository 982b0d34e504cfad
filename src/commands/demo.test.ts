import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../testing/free-port.ts';
import { madeUpDemo, madeUpProcesses } from '../../testing/made-up-demo.ts';
import { writeConfiguration } from './demo/demo-configuration.ts';
import type { DemoConsole } from './demo/demo-console.ts';
import { openDirectory } from './demo/demo-directory.ts';
import { pidIn, systemProcesses } from './demo/processes.ts';
import { main, runDemo } from './demo.ts';

/** Runs the demo in one folder, as often as wanted; a service that is left is ended after the test. */
async function demo(t: TestContext) {
  const port = await freePort();
  const first = madeUpDemo(t);
  const { workingDirectory } = first;
  const path = join(workingDirectory, 'demo');
  t.after(() => {
    const pid = pidIn(join(path, 'ironic-inspector.pid'));
    const line = pid === undefined ? undefined : systemProcesses().commandLineOf(pid);
    if (pid !== undefined && line?.includes(path)) systemProcesses().signal(pid, 'SIGKILL');
  });
  const run = async (argv: readonly string[] = [], changes: Partial<DemoConsole> = {}) => {
    const on = madeUpDemo(t, { workingDirectory, machine: first.machine, ...changes });
    const running = runDemo(['--directory', 'demo', '--port', String(port), ...argv], on);
    return { code: await running, ...on.said };
  };
  const start = (argv: readonly string[] = []) => {
    const on = madeUpDemo(t, { workingDirectory, machine: first.machine });
    return { on, running: runDemo(['--directory', 'demo', '--port', String(port), ...argv], on) };
  };
  return { run, start, path, port, workingDirectory, pid: () => pidIn(join(path, 'ironic-inspector.pid')) };
}

const nodeIn = (out: string) => / {2}uuid +(\S+)/.exec(out)?.[1];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the demo', () => {
  it('inspects the machine, and stops its service', async (t) => {
    const { run, path, pid, port } = await demo(t);

    const { code, out, err } = await run();

    assert.equal(code, 0, err);
    assert.match(
      out,
      /^ +\d+\.\d s {2}Starting the service on http:\/\/127\.0\.0\.1:\d+, with everything it keeps in /m,
    );
    assert.match(out, /^ {2}hostname +node-9$/m);
    assert.match(out, /^ {2}52:54:00:77:00:09 {2}eno1 {2}198\.51\.100\.7/m);
    assert.match(out, /^ {2}hook scheduler +node \/properties\/cpus +2$/m);
    assert.ok(out.includes(`npm run demo -- --directory demo --port ${port} --keep`));
    const log = join(path, 'ironic-inspector.log');
    assert.ok(out.includes(log));
    assert.match(readFileSync(log, 'utf8'), /Introspection finished successfully/);
    assert.equal(err, '');
    assert.equal(pid(), undefined);
    assert.deepEqual(readdirSync(path), ['demo.conf', 'ironic-inspector.log', 'ironic-inspector.sqlite']);
  });

  it('finds the same node again, with the service that an earlier run left, or anew where that was killed', async (t) => {
    const { run, pid } = await demo(t);

    const first = await run(['--keep']);
    const kept = pid();
    const second = await run();
    const elsewhere = await run(['--port', String(await freePort())]);
    process.kill(kept ?? 0, 'SIGKILL');
    // Its command line is gone before its port is.
    while (isAlive(kept ?? 0)) await wait(5);
    const third = await run(['--keep']);
    const keptAgain = pid();
    const fresh = await run(['--fresh']);

    assert.deepEqual([first.code, second.code, third.code, fresh.code], [0, 0, 0, 0]);
    assert.match(first.out, new RegExp(`kill ${kept} +stops the service`));
    assert.match(second.out, new RegExp(`The service of an earlier run goes on at .* \\(process ${kept}\\)`));
    assert.equal(nodeIn(second.out), nodeIn(first.out));
    assert.match(second.out, /nothing: the node was up to date already/);
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.err, new RegExp(`\\(process ${kept}\\)\\. Leave out --port, or stop it first`));
    assert.match(third.out, /Starting the service/);
    assert.equal(nodeIn(third.out), nodeIn(first.out));
    assert.match(fresh.out, new RegExp(`Stopping the service of an earlier run \\(process ${keptAgain}\\)`));
    assert.match(fresh.out, /No node has these MAC addresses yet/);
    assert.equal(pid(), undefined);
  });

  it('says what to do when a kept service does not answer', async (t) => {
    const { run, path, port, workingDirectory } = await demo(t);
    writeConfiguration(openDirectory('demo', { workingDirectory, userId: process.getuid?.() }), port);
    writeFileSync(join(path, 'ironic-inspector.pid'), '4711');
    const line = `node ironic-inspector.js --config-file ${join(path, 'demo.conf')}`;

    const { code, err } = await run([], { processes: madeUpProcesses({ 4711: line }) });

    assert.equal(code, 1);
    assert.match(err, new RegExp(`\\(process 4711\\) does not answer at http://127\\.0\\.0\\.1:${port}`));
  });

  it('stops what it has started when it is interrupted', async (t) => {
    const { start, pid, port } = await demo(t);
    const { on, running } = start(['--keep']);

    while (!on.said.out.includes('posting the inventory')) await wait(2);
    on.signals.emit('SIGINT');

    assert.equal(await running, 130);
    assert.match(on.said.err, /Interrupted by SIGINT\. What was started is stopped/);
    assert.equal(pid(), undefined);
    await assert.rejects(fetch(`http://127.0.0.1:${port}`));
  });

  it('says so when its service ends in the middle', async (t) => {
    const { start, pid } = await demo(t);
    const { on, running } = start();

    while (!on.said.out.includes('posting the inventory')) await wait(2);
    process.kill(pid() ?? 0, 'SIGKILL');

    assert.equal(await running, 1);
    assert.match(on.said.err, /The service has ended or did not start|does not answer/);
  });

  it('says what to do when the port is taken', async (t) => {
    const { run, port, path } = await demo(t);
    const other = createServer((socket) => socket.destroy());
    await new Promise<void>((ready) => other.listen(port, '127.0.0.1', ready));
    t.after(() => other.close());

    const { code, err } = await run();

    assert.equal(code, 1);
    assert.match(err, /is taken by another program: stop that, or choose another port with --port/);
    assert.deepEqual(readdirSync(path), []);
    assert.equal((other.address() as AddressInfo).port, port);
  });

  it('exits with 2 for arguments that it does not know', async (t) => {
    const on = madeUpDemo(t);

    assert.equal(await runDemo(['--no-such'], on), 2);
    assert.match(on.said.err, /unknown option '--no-such'/);
  });

  it('does not hide a fault of its own', async (t) => {
    const broken = () => {
      throw new TypeError('no such function');
    };

    await assert.rejects(runDemo([], madeUpDemo(t, { now: broken })), TypeError);
  });

  it('prints its usage over this process', async (t) => {
    const write = t.mock.method(process.stdout, 'write', () => true);

    const code = await main(['--help']);

    const printed = write.mock.calls.map(({ arguments: [text] }) => String(text)).join('');
    write.mock.restore();
    assert.equal(code, 0);
    assert.match(printed, /Usage: npm run demo/);
  });
});
