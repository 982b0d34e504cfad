/**
 * Runs inside a network namespace that `ironic-with-bmcs.test.ts` makes, with an address for each of two BMCs. A node
 * of type redfish and one of type ipmi are introspected in a real Ironic, first by the service itself, then by
 * Ironic's `inspector` interface; at last the one of type ipmi without its BMC. Prints what came of it as JSON.
 *
 * Usage: ironic-with-bmcs-in-a-namespace.ts <address of the Redfish BMC> <address of the IPMI BMC>
 */
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../testing/free-port.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { privateIpmiBmc } from '../../testing/private-ipmi-bmc.ts';
import { privateIronic } from '../../testing/private-ironic.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { redfishEmulator } from '../../testing/redfish-emulator.ts';
import { ServiceClient } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

/** A machine with its node, and what its BMC was told since the last time that somebody asked. */
interface BmcMachine {
  readonly uuid: string;
  readonly ramdisk: ReturnType<typeof numberedMachine>['data'];
  readonly orders: () => unknown;
}

const [redfishAddress = '', ipmiAddress = ''] = process.argv.slice(2);
const [username, password] = ['admin', 'secret'];
const login = { username, password };

const redfish = await redfishEmulator({ host: redfishAddress, login, macs: ['52:54:00:00:00:99'] });
const ipmi = await privateIpmiBmc({ address: ipmiAddress, port: 623, ...login });
const port = await freePort();
const ironic = await privateIronic({ inspector: `http://127.0.0.1:${port}`, hardware: ['redfish', 'ipmi'] });
const log = recordingLogger();
const service = await startRealService(
  temporaryFolder().path,
  log,
  `[DEFAULT]\nlisten_port = ${port}\n[bare_metal]\nservice = ironic\n` +
    `[ironic]\nauth_type = none\nendpoint_override = ${ironic.url}\nretry_interval = 1\n`,
);
const client = new ServiceClient(service.url);

/** Without ports, as the other: by its BMC address alone the machine can be found. */
async function redfishMachine(): Promise<BmcMachine> {
  const driver_info = {
    redfish_address: redfish.address,
    redfish_verify_ca: false,
    redfish_username: username,
    redfish_password: password,
  };
  const uuid = await ironic.createNode({ driver: 'redfish', driver_info });
  let asked = redfish.requests.length;
  let reset = redfish.resets.length;
  const orders = () => {
    const changes = redfish.requests.slice(asked).filter((line) => /^(PATCH|POST .*Reset$)/.test(line));
    const resets = redfish.resets.slice(reset);
    [asked, reset] = [redfish.requests.length, redfish.resets.length];
    return { changes, resets, boot: { ...redfish.state.boot }, power: redfish.state.power };
  };
  return { uuid, ramdisk: ramdisk(1, redfishAddress), orders };
}

async function ipmiMachine(): Promise<BmcMachine> {
  const driver_info = {
    ipmi_address: ipmiAddress,
    ipmi_username: username,
    ipmi_password: password,
    ipmi_cipher_suite: '3',
  };
  const uuid = await ironic.createNode({ driver: 'ipmi', driver_info });
  let seen = ipmi.changes().length;
  const orders = () => {
    const changes = ipmi.changes().slice(seen);
    seen += changes.length;
    return changes;
  };
  return { uuid, ramdisk: ramdisk(2, ipmiAddress), orders };
}

function ramdisk(number: number, bmc: string): BmcMachine['ramdisk'] {
  return (changes) => numberedMachine(number).data({ 'inventory.bmc_address': bmc, ...changes });
}

/** Asks until the answer is as wanted. @throws Error with the last answer, and what was logged */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (performance.now() > deadline) {
      const said = `${log.lines.slice(-20).join('\n')}\n${ironic.log().slice(-4000)}`;
      throw new Error(`expected ${wanted.toString()}, got ${JSON.stringify(answer)}\n${said}`);
    }
    await wait(100);
  }
}

const status = (uuid: string) => client.ask(`GET /v1/introspection/${uuid}`);
const node = (uuid: string) => ironic.ask(`GET /v1/nodes/${uuid}`);
const untilPower = (uuid: string, power: string) =>
  until(
    () => node(uuid),
    ({ power_state, target_power_state }) => power_state === power && target_power_state === null,
  );
const untilWaiting = (uuid: string) =>
  until(
    () => status(uuid),
    ({ body }) => body?.state === 'waiting',
  );

/** Powered off in the end. */
async function introspectedByTheService({ uuid, ramdisk: data, orders }: BmcMachine) {
  await client.do(`POST /v1/introspection/${uuid}`);
  await untilWaiting(uuid);
  await untilPower(uuid, 'power on');
  const atStart = orders();
  const answer = await client.callBack(data());
  const { body } = await until(
    () => status(uuid),
    (now) => now.body.finished,
  );
  const { properties, provision_state } = await untilPower(uuid, 'power off');
  const { stages } = await client.do(`GET /v1/introspection/${uuid}/timeline`);
  const came = {
    found: answer.body?.uuid === uuid,
    state: body.state,
    error: body.error,
    cpus: properties.cpus,
    provision_state,
    stages: stages.map(({ stage }: { stage: string }) => stage).filter((stage: string) => stage !== 'hook'),
  };
  return { came, atStart, atEnd: orders() };
}

/** @param error What the ramdisk reports in place of success. */
async function inspectedByIronic({ uuid, ramdisk: data, orders }: BmcMachine, error?: string) {
  await ironic.ask(`PUT /v1/nodes/${uuid}/states/provision`, { target: 'inspect' });
  await untilWaiting(uuid);
  const during = (await untilPower(uuid, 'power on')).provision_state;
  const atStart = orders();
  await client.callBack(data(error === undefined ? {} : { error }));
  const { provision_state, last_error } = await until(
    () => node(uuid),
    (now) => !/^inspect(ing| wait)$/.test(now.provision_state),
  );
  const { ports } = await ironic.ask(`GET /v1/nodes/${uuid}/ports`);
  const macs = ports.map(({ address }: { address: string }) => address).sort();
  return { during, atStart, provision_state, last_error, macs };
}

async function startedInVain({ uuid }: BmcMachine) {
  await client.do(`POST /v1/introspection/${uuid}`);
  const { body } = await until(
    () => status(uuid),
    (now) => now.body.finished,
  );
  const { last_stage } = await client.do(`GET /v1/introspection/${uuid}/timeline`);
  return { state: body.state, error: body.error, last_stage };
}

/**
 * Ironic's flow is for a new node: where it looks for an end just before it asks us to begin, it takes that of an earlier
 * introspection.
 */
async function anew(earlier: BmcMachine, make: () => Promise<BmcMachine>): Promise<BmcMachine> {
  await ironic.ask(`DELETE /v1/nodes/${earlier.uuid}`);
  return make();
}

/** The service's own flow and Ironic's, one after the other; both machines go through theirs at the same time. */
async function allOfRedfish() {
  const machine = await redfishMachine();
  const direct = await introspectedByTheService(machine);
  const inspected = await inspectedByIronic(await anew(machine, redfishMachine));
  return { direct, inspected };
}

async function allOfIpmi() {
  const first = await ipmiMachine();
  const direct = await introspectedByTheService(first);
  const machine = await anew(first, ipmiMachine);
  const inspected = await inspectedByIronic(machine, 'no disks');
  await ipmi.stop();
  return { direct, inspected, withoutBmc: await startedInVain(machine) };
}

const [redfishOutcome, ipmiOutcome] = await Promise.all([allOfRedfish(), allOfIpmi()]);
await client.close();
await service.stop();
await ironic.stop();
await redfish.close();
const outcome = { redfish: redfishOutcome, ipmi: ipmiOutcome };
process.stdout.write(JSON.stringify(outcome), () => process.exit(0));
