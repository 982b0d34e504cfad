// Shows these lines of docs/compatibility.md: enroll-fields-set, enroll-needs-address, enroll-no-orphans.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ramdiskMacs as macs, ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { BareMetalService, NewNode } from '../../bare-metal/bare-metal-service.ts';
import { defaultsOf } from '../../config/option.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { discoveryOptions, enrollHook } from './enroll.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

interface Surroundings {
  options?: object;
  changes?: Record<string, JsonValue | undefined>;
  portWith?: string;
  nodeWithBmc?: string;
  createFails?: Error;
  /** The state of the node that the machine's UUID belongs to. */
  state?: string;
  isRecorded?: boolean;
}

async function run(given: Surroundings = {}) {
  const created: NewNode[] = [];
  const asked: string[] = [];
  const data = ramdiskData({
    all_interfaces: { eno1: { mac: macs.eno1 }, twin: { mac: macs.eno1 }, eno2: { mac: macs.eno2 } },
    ...given.changes,
  });
  const bareMetal = {
    findPortByAddress: (address: string) => {
      asked.push(address);
      return Promise.resolve(address === given.portWith ? { uuid: 'port-uuid' } : undefined);
    },
    createNode: (node: NewNode) => {
      created.push(node);
      return given.createFails === undefined ? Promise.resolve({ uuid }) : Promise.reject(given.createFails);
    },
    getNode: async () => {
      if (given.state === undefined) throw new InspectorError('not-found', 'no such node');
      return { uuid, provision_state: given.state };
    },
  } as unknown as BareMetalService;
  const log = recordingLogger();
  const findNodeByBmcAddress = (addresses: readonly string[]) => {
    asked.push(...addresses);
    return Promise.resolve(given.nodeWithBmc);
  };
  const hook = enrollHook({ ...defaultsOf(discoveryOptions), ...given.options });
  const result = await hook.handle(data, {
    log,
    bareMetal,
    findNodeByBmcAddress,
    newUuid: uuid,
    isRecorded: async () => given.isRecorded === true,
  });
  return { result, created, asked, data, log };
}

describe('enroll', () => {
  it('creates a node with the BMC address and says so in the data', async () => {
    const { result, created, asked, data } = await run();

    assert.equal(result, uuid);
    assert.deepEqual(created, [
      { uuid, driver: 'fake-hardware', driver_info: { ipmi_address: '192.0.2.10' } },
    ]);
    assert.deepEqual(asked, [macs.eno1, macs.eno2, '192.0.2.10']);
    assert.equal(data.auto_discovered, true);
  });

  it('adds the configured fields, among which driver and driver_info do not count', async () => {
    const fields = { inspect_interface: 'inspector', description: 'found', driver_info: 'x', driver: 'y' };

    const { created } = await run({ options: { enroll_node_driver: 'ipmi', enroll_node_fields: fields } });

    assert.deepEqual(created, [
      {
        uuid,
        driver: 'ipmi',
        driver_info: { ipmi_address: '192.0.2.10' },
        inspect_interface: 'inspector',
        description: 'found',
      },
    ]);
  });

  it('takes the first BMC address of the versions asked for', async () => {
    const both = { 'inventory.bmc_v6address': '2001:db8::1/64' };
    const cases: [string[], Record<string, JsonValue>, string | undefined][] = [
      [['4', '6'], both, '192.0.2.10'],
      [['6', '4'], both, '2001:db8::1'],
      [['6', '4'], {}, '192.0.2.10'],
      [['6'], {}, undefined],
      [['4'], { ...both, 'inventory.bmc_address': '0.0.0.0' }, undefined],
      [['5', '4'], both, '192.0.2.10'],
      [[], both, undefined],
    ];
    for (const [versions, changes, expected] of cases) {
      const { created } = await run({ options: { enabled_bmc_address_version: versions }, changes });

      assert.deepEqual(created[0]?.driver_info, expected === undefined ? {} : { ipmi_address: expected });
    }
  });

  it('takes no BMC address that is none (enroll-bmc-text)', async () => {
    for (const address of [5, 'evil.example', '192.0.2.10 -f /etc/passwd', '2001:db8::1', ['x']]) {
      const { created, log } = await run({ changes: { 'inventory.bmc_address': address } });

      assert.deepEqual(created[0]?.driver_info, {});
      assert.equal(log.at('warning').length, 1);
    }
  });

  it('does not look for a node by BMC address when there is none', async () => {
    const { asked, result } = await run({ changes: { 'inventory.bmc_address': null }, nodeWithBmc: 'other' });

    assert.deepEqual(asked, [macs.eno1, macs.eno2]);
    assert.equal(result, uuid);
  });

  it('refuses a machine one of whose MAC addresses is a port', async () => {
    await assert.rejects(run({ portWith: macs.eno2 }), {
      kind: 'invalid',
      message: `Port ${macs.eno2} already exists, uuid: port-uuid`,
    });
  });

  it('refuses a machine whose BMC address belongs to a node', async () => {
    await assert.rejects(run({ nodeWithBmc: 'node-uuid' }), {
      kind: 'invalid',
      message: 'Node node-uuid already has BMC address 192.0.2.10',
    });
  });

  it('goes on with the node that was made for the machine just before a crash (enroll-no-orphans)', async () => {
    const taken = new InspectorError('conflict', `A node with UUID ${uuid} already exists.`);
    for (const given of [{ nodeWithBmc: uuid }, { createFails: taken }]) {
      const { result, data, log } = await run({ ...given, state: 'enroll' });

      assert.equal(result, uuid);
      assert.equal(data.auto_discovered, true);
      assert.match(log.at('info').join(), /was made for this machine and not recorded/);
    }
  });

  it('takes no node that is on record, or that somebody has taken in hand', async () => {
    const taken = new InspectorError('conflict', `A node with UUID ${uuid} already exists.`);
    const message = `Node ${uuid} already has BMC address 192.0.2.10`;
    for (const given of [{ state: 'enroll', isRecorded: true }, { state: 'manageable' }]) {
      await assert.rejects(run({ ...given, nodeWithBmc: uuid }), { kind: 'invalid', message });
      assert.equal((await run({ ...given, createFails: taken })).result, undefined);
    }
  });

  it('makes no node when a name among the fields is taken', async () => {
    const createFails = new InspectorError('conflict', 'A node with name found already exists.');

    assert.equal((await run({ createFails })).result, undefined);
  });

  it('creates a node without any MAC address, with a warning', async () => {
    const { result, log } = await run({ changes: { all_interfaces: undefined } });

    assert.equal(result, uuid);
    assert.deepEqual(log.at('warning'), [
      'No MAC addresses in the introspection data, not looking for existing ports',
    ]);
  });

  it('passes on that the bare metal service is away, so that the ramdisk tries again', async () => {
    const createFails = new InspectorError('unavailable', 'no answer');

    await assert.rejects(run({ createFails }), createFails);
  });

  it('gives no node, and the reason in the log, when the bare metal service refuses', async () => {
    const { result, log, data } = await run({ createFails: new InspectorError('invalid', 'no such driver') });

    assert.equal(result, undefined);
    assert.deepEqual(log.at('error'), [
      'Failed to create a node with the driver fake-hardware: no such driver',
    ]);
    assert.equal(data.auto_discovered, true);
  });

  it('passes on what is no answer of the bare metal service', async () => {
    await assert.rejects(run({ createFails: new TypeError('bug') }), TypeError);
  });
});
