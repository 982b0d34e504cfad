// Shows these lines of docs/compatibility.md: agent-partial-numa.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeNetworkCard } from '../../testing/fake-network-card.ts';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { openMachine } from './machine.ts';
import { readNumaTopology } from './numa-topology.ts';

const nodes = '/sys/devices/system/node';

describe('reading the NUMA topology', () => {
  it('lists memory, cores with their threads, and network cards of two nodes', (t) => {
    const tree = fakeSysfs(t).files({
      [`${nodes}/online`]: '0-1',
      [`${nodes}/node0/meminfo`]: 'Node 0 MemTotal:        1545856 kB\nNode 0 MemFree: 1 kB',
      [`${nodes}/node1/meminfo`]: 'Node 1 MemTotal:        1428604 kB',
      [`${nodes}/node0/cpulist`]: '0,2,10',
      [`${nodes}/node0/cpu0/topology/core_id`]: '0',
      [`${nodes}/node0/cpu10/topology/core_id`]: '0',
      [`${nodes}/node0/cpu2/topology/core_id`]: '1',
      [`${nodes}/node1/cpu1/topology/core_id`]: '0',
      [`${nodes}/node1/cpu3/online`]: '0',
    });
    fakeNetworkCard(tree, { name: 'eth0', mac: '52:54:00:00:00:01', device: 'pci0000:00/0000:00:02.0' });
    fakeNetworkCard(tree, { name: 'eth1', mac: '52:54:00:00:00:02', device: 'virtio0' });
    tree.files({ '/sys/devices/pci0000:00/0000:00:02.0/numa_node': '1' });

    assert.deepEqual(readNumaTopology(openMachine(fakeSurroundings(tree))), {
      ram: [
        { numa_node: 0, size_kb: 1545856 },
        { numa_node: 1, size_kb: 1428604 },
      ],
      cpus: [
        { thread_siblings: [0, 10], cpu: 0, numa_node: 0 },
        { thread_siblings: [2], cpu: 1, numa_node: 0 },
        { thread_siblings: [1], cpu: 0, numa_node: 1 },
      ],
      nics: [{ name: 'eth0', numa_node: 1 }],
    });
  });

  it('leaves out the memory that a node does not tell', (t) => {
    const tree = fakeSysfs(t).files({ [`${nodes}/node0/cpu0/topology/core_id`]: '0' });

    assert.deepEqual(readNumaTopology(openMachine(fakeSurroundings(tree)))?.ram, []);
  });

  it('is left out where the kernel knows no nodes, with a note', (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t)));

    assert.equal(readNumaTopology(machine), undefined);
    assert.deepEqual(
      machine.notes.all().map(({ fact }) => fact),
      ['numa_topology'],
    );
  });
});
