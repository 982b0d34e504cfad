/**
 * Measures a bulk run through the whole flow: every node is started, boots, calls back and finishes, against a
 * stand-in of Ironic over HTTP:
 *
 *     node benchmarks/bulk.ts [--nodes 10000] [--boot-limit 500] [--boot-time 500]
 *     node benchmarks/bulk.ts --fleet PROFILE [--nodes 10000] [--boot-limit 500]
 *
 * The service is a process of its own; the machines, and the stand-in, are this one. With --fleet they are those of
 * docs/lab.md, with a profile such as normal or mix, and the registry takes the place of the stand-in.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Agent } from 'undici';
import { ironicStandIn } from '../testing/ironic-stand-in.ts';
import { numberedMachine } from '../testing/numbered-machine.ts';
import { serviceProcess } from '../testing/service-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { measureBulkOfFleet } from './bulk-of-fleet.ts';
import { processFigures } from './process-figures.ts';
import { machineFacts } from './scale-report.ts';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '10000' },
    'boot-limit': { type: 'string', default: '500' },
    'boot-time': { type: 'string', default: '500' },
    fleet: { type: 'string' },
  },
});
const [total, bootLimit, bootTime] = [values.nodes, values['boot-limit'], values['boot-time']].map(
  Number,
) as [number, number, number];

if (values.fleet !== undefined) {
  write(machineFacts());
  await measureBulkOfFleet({ machines: total, bootLimit, profile: values.fleet, write });
  process.exit();
}

const callbacks = { sent: 0, failed: 0, milliseconds: [] as number[] };
const numbers = new Map<string, number>();
const agent = new Agent({ connections: 64 });
const ironic = await ironicStandIn({
  isRecording: false,
  onPower(uuid, target) {
    if (target === 'rebooting') setTimeout(() => void callBack(uuid), bootTime);
  },
});
for (let number = 0; number < total; number++) {
  const { bmcAddress, macs } = numberedMachine(number);
  const fields = {
    name: `node-${number}`,
    driver: 'ipmi',
    driver_info: { ipmi_address: bmcAddress },
    provision_state: 'manageable',
  };
  numbers.set(ironic.add(fields, [macs[0]]).uuid, number);
}

const folder = temporaryFolder().path;
const service = await serviceProcess(
  folder,
  `[DEFAULT]
introspection_delay = 0
[bare_metal]
service = ironic
[ironic]
auth_type = none
endpoint_override = ${ironic.url}
[database]
sqlite_synchronous = true
[bulk]
boot_limit = ${bootLimit}`,
);

const began = performance.now();
write(machineFacts());
const { run } = await service.client.do('POST /v1/introspection-runs', { selector: {} });
write(`queued ${total} nodes in ${seconds()} s`);
let last = { done: 0, at: performance.now() };
let most = 0;
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const { counts, state, pace } = await service.client.do(`GET /v1/introspection-runs/${run}`);
  const done = counts.finished + counts.failed + counts.skipped;
  const now = performance.now();
  const { megabytes, cpuSeconds } = processFigures(service.pid);
  most = Math.max(most, megabytes);
  const rate = ((done - last.done) / (now - last.at)) * 1000;
  write(
    `${seconds()} s: ${done} done, ${counts.started} started, ${counts.failed} failed, ${rate.toFixed(1)}/s, ` +
      `limit ${pace.limit}, ${megabytes} MB, ${cpuSeconds.toFixed(1)} s of processor`,
  );
  last = { done, at: now };
  if (state === 'finished') break;
}
const sorted = callbacks.milliseconds.toSorted((one, other) => one - other);
const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
write(
  `callbacks: ${callbacks.sent}, refused ${callbacks.failed}; median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`,
);
write(
  `requests to Ironic: ${ironic.count()}, ${(ironic.count() / total).toFixed(1)} a node; most memory ${most} MB`,
);
await service.end('SIGTERM');
await agent.destroy();
await ironic.close();
rmSync(folder, { recursive: true, force: true });

async function callBack(uuid: string): Promise<void> {
  const sent = performance.now();
  const body = JSON.stringify(numberedMachine(numbers.get(uuid) ?? 0).data());
  for (let tries = 0; tries < 10; tries++) {
    const { statusCode, body: answer } = await agent.request({
      origin: `http://127.0.0.1:${service.port}`,
      path: '/v1/continue',
      method: 'POST',
      body,
    });
    await answer.dump();
    callbacks.sent += 1;
    if (statusCode === 200) break;
    callbacks.failed += 1;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  callbacks.milliseconds.push(performance.now() - sent);
}

function seconds(): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}

function write(what: string | object): void {
  process.stdout.write(`${typeof what === 'string' ? what : JSON.stringify(what)}\n`);
}
