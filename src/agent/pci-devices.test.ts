import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { openMachine } from './machine.ts';
import { readPciDevices } from './pci-devices.ts';

const bus = '/sys/bus/pci/devices';
const nic = { vendor: '0x8086', device: '0x10d3', class: '0x020000' };
const at = (address: string, attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`${bus}/${address}/${name}`, value]));

describe('reading PCI devices', () => {
  it('lists ids, class, revision and NUMA node, ordered by address', (t) => {
    const tree = fakeSysfs(t)
      .files(
        at('0000:00:1f.2', {
          ...nic,
          device: '0x2922',
          class: '0x010601',
          revision: '0x02',
          numa_node: '-1',
        }),
      )
      .files(at('0000:00:02.0', nic));

    assert.deepEqual(readPciDevices(openMachine(fakeSurroundings(tree))), [
      {
        vendor_id: '8086',
        product_id: '10d3',
        class: '020000',
        revision: null,
        bus: '0000:00:02.0',
        numa_node_id: null,
      },
      {
        vendor_id: '8086',
        product_id: '2922',
        class: '010601',
        revision: '02',
        bus: '0000:00:1f.2',
        numa_node_id: '-1',
      },
    ]);
  });

  it('leaves out a device whose ids are no numbers, with a note', (t) => {
    const tree = fakeSysfs(t).files({
      ...at('0000:00:02.0', { ...nic, class: 'network' }),
      ...at('0000:00:03.0', nic),
    });
    const machine = openMachine(fakeSurroundings(tree));

    const devices = readPciDevices(machine);

    assert.deepEqual(
      devices.map((device) => device.bus),
      ['0000:00:03.0'],
    );
    assert.deepEqual(
      machine.notes.all().map(({ fact }) => fact),
      ['pci_devices (0000:00:02.0)'],
    );
  });

  it('goes on without a PCI bus (agent-no-pci)', (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t)));

    assert.deepEqual(readPciDevices(machine), []);
    assert.equal(machine.notes.all().length, 1);
  });
});
