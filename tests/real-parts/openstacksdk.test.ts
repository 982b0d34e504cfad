import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { skipWithout } from '../../testing/debian-packages.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(['python3-openstacksdk']);

async function withService(t: TestContext) {
  const folder = temporaryFolder().path;
  const log = recordingLogger();
  const service = await startRealService(folder, log);
  t.after(() => service.stop());
  /** Runs one of the scripts beside this file, which print one JSON object. */
  const run = async (script: string, ...args: string[]): Promise<any> => {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const outcome = await runStockProgram('/usr/bin/python3', [path, service.url, ...args], folder);
    assert.equal(outcome.code, 0, `${script}: ${outcome.stderr}\n${log.lines.join('\n')}`);
    return JSON.parse(outcome.stdout);
  };
  return { folder, log, run };
}

describe('the stock openstacksdk', { skip }, () => {
  it('works with nodes, ports, traits, power and provision states', async (t) => {
    const { run, log } = await withService(t);

    const { valid, ...got } = await run('sdk_baremetal.py');

    assert.deepEqual(got, {
      created: ['one', 'enroll', { ipmi_password: '******' }],
      'created manageable': 'manageable',
      names: ['one', 'two'],
      details: [{ cpus: 2 }, {}],
      fields: ['fake-hardware', 'fake-hardware'],
      filtered: ['one'],
      paged: ['one', 'two'],
      found: true,
      missing: null,
      updated: ['first', { cpus: 4 }],
      patched: { a: 1 },
      traits: ['CUSTOM_B', 'CUSTOM_C'],
      port: ['aa:bb:cc:dd:ee:01', false, { a: 1 }],
      ports: ['aa:bb:cc:dd:ee:01'],
      'port by address': [true],
      taken: 'A port with MAC address aa:bb:cc:dd:ee:01 already exists.',
      managed: 'manageable',
      power: 'power on',
      maintenance: 'disk',
      provided: 'available',
      drivers: ['fake-hardware', 'manual-management', 'redfish'],
      left: [],
      gone: true,
    });
    assert.deepEqual([valid.power, valid.management, valid.inspect, valid.deploy], [true, true, true, false]);
    assert.deepEqual(log.at('error'), []);
  });

  it('starts, waits for, aborts and reads introspections', async (t) => {
    const { folder, run } = await withService(t);
    const file = join(folder, 'ramdisk.json');
    await writeFile(file, JSON.stringify(ramdiskData()));

    const { node, ...got } = await run('sdk_introspection.py', file);

    assert.deepEqual(got, {
      started: [true, false],
      aborted: ['error', 'Canceled by operator'],
      failure: true,
      'no data': true,
      continued: true,
      finished: ['finished', null, true],
      status: 'finished',
      listed: [true],
      processed: [48, ['eno1']],
      unprocessed: true,
      ports: [ramdiskMacs.eno1],
      'not found': true,
    });
    assert.deepEqual([node.cpus, node.cpu_arch, node.local_gb], ['48', 'x86_64', '99']);
  });
});
