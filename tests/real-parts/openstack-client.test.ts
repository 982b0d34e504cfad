import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RunningApi } from '../../src/running.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { type Outcome, runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(['python3-ironicclient', 'python3-openstackclient']);

/** `openstack baremetal`, as Debian ships it, against the whole service. The steps build on each other. */
describe('the stock openstack baremetal client', { skip }, () => {
  const folder = temporaryFolder().path;
  const log = recordingLogger();
  let service: RunningApi;

  before(async () => {
    service = await startRealService(folder, log);
  });

  after(async () => {
    await service?.stop();
    assert.deepEqual(
      log.at('error').filter((line) => !line.includes('Introspection failed')),
      [],
    );
  });

  /** `command` is what comes after `openstack baremetal`; no word of it has a space in it. */
  const openstack = (command: string): Promise<Outcome> => {
    const endpoint = ['--os-auth-type', 'none', '--os-endpoint', `${service.url}/baremetal`];
    return runStockProgram('/usr/bin/openstack', [...endpoint, 'baremetal', ...command.split(' ')], folder);
  };

  /** What a command says, when it goes well. */
  const run = async (command: string): Promise<string> => {
    const { code, stdout, stderr } = await openstack(command);
    assert.equal(code, 0, `openstack baremetal ${command}: ${stderr}`);
    return stdout.trim();
  };

  const json = async (command: string): Promise<any> => JSON.parse(await run(`${command} -f json`));

  /** What a command complains about. */
  const refusal = async (command: string): Promise<string> => {
    const { code, stdout, stderr } = await openstack(command);
    assert.notEqual(code, 0, stdout);
    return stderr.trim();
  };

  const show = (node: string, field: string): Promise<string> =>
    run(`node show ${node} -f value -c ${field}`);

  const waitFor = async (node: string, field: string, value: string): Promise<void> => {
    for (let tries = 0; tries < 20; tries++) {
      if ((await show(node, field)) === value) return;
    }
    assert.fail(`${field} of ${node} does not become ${value}`);
  };

  it('lists the drivers', async () => {
    const drivers = await json('driver list');
    const properties = await json('driver property list redfish');
    const redfish = await json('driver show redfish');

    const names = drivers.map((driver: any) => driver['Supported driver(s)']);
    assert.deepEqual(names, ['fake-hardware', 'manual-management', 'redfish']);
    assert.ok(properties.some((property: any) => property.Property === 'redfish_address'));
    assert.equal(redfish.default_power_interface, 'redfish');
  });

  it('creates, lists and shows nodes', async () => {
    const created = await json(
      'node create --driver fake-hardware --name one --resource-class large ' +
        '--property cpus=4 --driver-info ipmi_password=secret --extra rack=7',
    );
    await run('node create --driver manual-management --name two');
    const list = await json('node list');
    const long = await json('node list --long');
    const filtered = await json('node list --driver manual-management --fields uuid name');
    const shown = await json('node show one');

    assert.equal(created.provision_state, 'enroll');
    assert.deepEqual(created.driver_info, { ipmi_password: '******' });
    assert.deepEqual(
      list.map((node: any) => [node.Name, node['Provisioning State']]),
      [
        ['one', 'enroll'],
        ['two', 'enroll'],
      ],
    );
    assert.deepEqual(long[0].Properties, { cpus: 4 });
    assert.deepEqual(
      filtered.map((node: any) => node.Name),
      ['two'],
    );
    assert.deepEqual(shown, created);
  });

  it('goes through the list of nodes in the order and portions that it asks for', async () => {
    const sorted = await json('node list --sort name:desc');
    const first = await json('node list --limit 1');
    const second = await json(`node list --limit 1 --marker ${first[0].UUID}`);

    assert.deepEqual(
      sorted.map((node: any) => node.Name),
      ['two', 'one'],
    );
    assert.deepEqual([first[0].Name, second[0].Name], ['one', 'two']);
  });

  it('passes on why a node is not created', async () => {
    assert.match(
      await refusal('node create --driver ipmi'),
      /^No valid host was found\. .*driver ipmi.* \(HTTP 400\)$/,
    );
    assert.match(await refusal('node show three'), /Node three could not be found\. \(HTTP 404\)/);
  });

  it('sets and unsets fields of a node', async () => {
    await run(
      'node set one --property memory_mb=1024 --extra note=x --description first ' +
        '--driver redfish --reset-interfaces --driver-info redfish_address=https://192.0.2.7',
    );
    const set = await json('node show one');
    await run('node unset one --property cpus --extra note --description');
    await run('node set one --driver fake-hardware --reset-interfaces');
    const unset = await json('node show one');

    assert.deepEqual(set.properties, { cpus: 4, memory_mb: 1024 });
    assert.deepEqual([set.description, set.power_interface], ['first', 'redfish']);
    assert.deepEqual(unset.properties, { memory_mb: 1024 });
    assert.deepEqual([unset.description, unset.extra, unset.power_interface], [null, { rack: 7 }, 'fake']);
  });

  it('validates a node', async () => {
    const parts = await json('node validate one');

    const byName = new Map(parts.map((part: any) => [part.Interface, part.Result]));
    assert.deepEqual(
      [byName.get('power'), byName.get('management'), byName.get('deploy')],
      [true, true, false],
    );
  });

  it('creates, lists, sets and deletes ports', async () => {
    const node = await show('one', 'uuid');
    const link = '--local-link-connection switch_id=0A:1B:2C:3D:4E:5F --local-link-connection port_id=Eth1';
    const port = await json(`port create ${ramdiskMacs.eno1.toUpperCase()} --node ${node} ${link}`);
    const other = await json(`port create aa:bb:cc:dd:ee:02 --node ${node} --pxe-enabled false`);
    await run(`port set ${port.uuid} --extra k=v --pxe-disabled --physical-network net`);
    const set = await json(`port show --address ${ramdiskMacs.eno1}`);
    await run(`port unset ${port.uuid} --extra k --physical-network`);
    const unset = await json(`port show ${port.uuid}`);
    const listed = await json('port list --node one --long');
    await run(`port delete ${other.uuid}`);
    const left = await json('port list');

    assert.deepEqual(
      [port.address, port.local_link_connection.switch_id],
      [ramdiskMacs.eno1, '0a:1b:2c:3d:4e:5f'],
    );
    assert.equal(other.pxe_enabled, false);
    assert.deepEqual([set.extra, set.pxe_enabled, set.physical_network], [{ k: 'v' }, false, 'net']);
    assert.deepEqual([unset.extra, unset.physical_network], [{}, null]);
    assert.deepEqual(
      listed.map((each: any) => each.Address),
      [ramdiskMacs.eno1, 'aa:bb:cc:dd:ee:02'],
    );
    assert.deepEqual(
      left.map((each: any) => each.Address),
      [ramdiskMacs.eno1],
    );
  });

  it('adds, lists and removes traits', async () => {
    await run('node add trait one CUSTOM_A HW_CPU_X86_VMX');
    const two = await json('node trait list one');
    await run('node remove trait one CUSTOM_A');
    const one = await json('node trait list one');
    const bad = await refusal('node add trait one bad');

    assert.deepEqual(
      two.map((each: any) => each.Traits),
      ['CUSTOM_A', 'HW_CPU_X86_VMX'],
    );
    assert.deepEqual(
      one.map((each: any) => each.Traits),
      ['HW_CPU_X86_VMX'],
    );
    assert.match(bad, /Failed to add trait bad: Schema error for trait/);
  });

  it('switches a node on and off and sets where it boots from', async () => {
    await run('node boot device set one pxe --persistent');
    const device = await json('node boot device show one');
    await run('node power on one');
    await waitFor('one', 'power_state', 'power on');
    await run('node power off one --soft');
    await waitFor('one', 'power_state', 'power off');
    await run('node reboot one');
    await waitFor('one', 'power_state', 'power on');

    assert.deepEqual(device, { boot_device: 'pxe', persistent: true });
  });

  it('tells the operator in the log what to switch by hand', async () => {
    await run('node power on two');
    await waitFor('two', 'power_state', 'power on');

    assert.ok(log.at('warning').some((line) => /Manual action needed: switch on node .* \(two\)/.test(line)));
  });

  it('takes a node in and out of maintenance', async () => {
    await run('node maintenance set one --reason disk');
    const during = await json('node show one --fields maintenance maintenance_reason');
    await run('node maintenance unset one');

    assert.deepEqual(during, { maintenance: true, maintenance_reason: 'disk' });
  });

  it('manages a node and inspects it', async () => {
    await run('node manage one --wait 30');
    await run('node inspect one');
    await waitFor('one', 'provision_state', 'inspect wait');
    const posted = await fetch(`${service.url}/v1/continue`, {
      method: 'POST',
      body: JSON.stringify(ramdiskData()),
    });
    await waitFor('one', 'provision_state', 'manageable');
    const node = await json('node show one');
    await run('node provide one --wait 30');

    assert.equal(posted.status, 200, await posted.text());
    assert.equal(node.properties.cpus, '48');
    assert.ok(node.inspection_finished_at >= node.inspection_started_at);
    assert.equal(await show('one', 'provision_state'), 'available');
  });

  it('aborts an inspection', async () => {
    await run(`port create ${ramdiskMacs.eno2} --node ${await show('two', 'uuid')}`);
    await run('node manage two --wait 30');
    await run('node inspect two');
    await waitFor('two', 'provision_state', 'inspect wait');
    await run('node abort two');
    const node = await json('node show two');
    await run('node manage two --wait 30');

    assert.deepEqual(
      [node.provision_state, node.last_error],
      ['inspect failed', 'Inspection was aborted by request.'],
    );
  });

  it('deletes nodes with their ports', async () => {
    await run('node delete one two');

    assert.deepEqual(await json('node list'), []);
    assert.deepEqual(await json('port list'), []);
  });

  it('says that there is no deployer', async () => {
    assert.match(await refusal('conductor list'), /\(HTTP 404\)/);
    assert.match(await refusal('port group list'), /\(HTTP 404\)/);
  });
});
