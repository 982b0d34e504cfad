// Shows these lines of docs/compatibility.md: agent-fa-macs, agent-speed, agent-permanent-mac, agent-virtual-interfaces.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeNetworkCard } from '../../testing/fake-network-card.ts';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { openMachine } from './machine.ts';
import { readInterfaces } from './network-interfaces.ts';

const slot = 'pci0000:00/0000:00:02.0';
const otherSlot = 'pci0000:00/0000:00:03.0';

describe('reading network interfaces', () => {
  it('describes a network card', async (t) => {
    const tree = fakeSysfs(t);
    fakeNetworkCard(tree, {
      name: 'eno1',
      mac: '52:54:00:AA:00:01',
      device: slot,
      attributes: { speed: '10000' },
    });
    const machine = openMachine(
      fakeSurroundings(tree, {
        addresses: { eno1: ['fe80::5054:ff:feaa:1%2', '10.0.0.5', '10.0.0.6'] },
        commands: { 'biosdevname -i eno1': 'em1\n' },
      }),
    );

    const interfaces = await readInterfaces(machine, { eno1: [[0, '']] });

    assert.deepEqual(interfaces, [
      {
        name: 'eno1',
        mac_address: '52:54:00:aa:00:01',
        ipv4_address: '10.0.0.5',
        ipv6_address: 'fe80::5054:ff:feaa:1%eno1',
        has_carrier: true,
        lldp: [[0, '']],
        vendor: '0x8086',
        product: '0x10d3',
        client_id: null,
        biosdevname: 'em1',
        speed_mbps: 10000,
        pci_address: '0000:00:02.0',
        driver: 'e1000e',
      },
    ]);
    assert.deepEqual(machine.notes.all(), []);
  });

  it('names the virtio device where there is no PCI address, and takes an unknown speed as null', async (t) => {
    const tree = fakeSysfs(t);
    const virtio = {
      name: 'eth0',
      mac: '52:54:00:00:00:01',
      device: `${slot}/virtio0`,
      vendor: '0x1af4',
      product: '0x0001',
    };
    fakeNetworkCard(tree, { ...virtio, driver: 'virtio_net', attributes: { speed: '-1', carrier: '0' } });

    const [eth0] = await readInterfaces(
      openMachine(fakeSurroundings(tree, { addresses: { eth0: ['2001:db8::7'] } })),
      {},
    );

    assert.equal(eth0?.pci_address, 'virtio0');
    assert.equal(eth0?.driver, 'virtio_net');
    assert.equal(eth0?.speed_mbps, null);
    assert.equal(eth0?.has_carrier, false);
    assert.equal(eth0?.ipv4_address, null);
    assert.equal(eth0?.ipv6_address, '2001:db8::7');
    assert.equal(eth0?.lldp, null);
  });

  it('lists hardware, bonds and VLANs in the order of the kernel, and no bridge, tunnel, veth or loopback', async (t) => {
    const tree = fakeSysfs(t).files({ '/sys/class/net/bonding_masters': 'bond0' });
    fakeNetworkCard(tree, {
      name: 'lo',
      mac: '00:00:00:00:00:00',
      attributes: { ifindex: '1', type: '772' },
    });
    fakeNetworkCard(tree, {
      name: 'eth1',
      mac: '52:54:00:00:00:02',
      device: otherSlot,
      attributes: { ifindex: '3' },
    });
    fakeNetworkCard(tree, {
      name: 'eth2',
      mac: '52:54:00:00:00:01',
      device: slot,
      attributes: { ifindex: '2' },
    });
    fakeNetworkCard(tree, {
      name: 'bond0',
      mac: '52:54:00:00:00:02',
      attributes: { ifindex: '4', 'bonding/mode': 'x' },
    });
    fakeNetworkCard(tree, { name: 'bond0.100', mac: '52:54:00:00:00:02', attributes: { ifindex: '5' } });
    for (const name of ['br0', 'veth1', 'docker0', 'tun0', 'virbr0.x', 'a.b.1']) {
      fakeNetworkCard(tree, { name, mac: '52:54:00:00:00:09' });
    }

    const interfaces = await readInterfaces(openMachine(fakeSurroundings(tree)), {});

    assert.deepEqual(
      interfaces.map(({ name }) => name),
      ['eth2', 'eth1', 'bond0', 'bond0.100'],
    );
  });

  it('gives members of a bond the MAC that they were built with', async (t) => {
    const tree = fakeSysfs(t).files({
      '/proc/net/bonding/bond0':
        'Ethernet Channel Bonding Driver: v6.1\n\nBonding Mode: 802.3ad\nPermanent HW addr: 00:00:00:00:00:99\n\n' +
        'Slave Interface: eth0\nMII Status: up\nPermanent HW addr: 52:54:00:00:00:0A\nSlave queue ID: 0\n\n' +
        'Slave Interface: eth1\nPermanent HW addr: 52:54:00:00:00:0b',
    });
    const bonded = { mac: '52:54:00:00:00:0a', attributes: { addr_assign_type: '3' } };
    fakeNetworkCard(tree, { name: 'eth0', device: slot, ...bonded });
    fakeNetworkCard(tree, { name: 'eth1', device: otherSlot, ...bonded });
    const machine = openMachine(
      fakeSurroundings(tree, { commands: { 'biosdevname -i eth0': '', 'biosdevname -i eth1': '' } }),
    );

    const interfaces = await readInterfaces(machine, {});

    assert.deepEqual(
      interfaces.map((nic) => nic.mac_address),
      ['52:54:00:00:00:0a', '52:54:00:00:00:0b'],
    );
    assert.deepEqual(machine.notes.all(), []);
  });

  it('says when a MAC was set by hand', async (t) => {
    const tree = fakeSysfs(t);
    fakeNetworkCard(tree, {
      name: 'eth0',
      mac: '02:00:00:00:00:01',
      device: slot,
      attributes: { addr_assign_type: '3' },
    });
    const machine = openMachine(fakeSurroundings(tree));

    await readInterfaces(machine, {});

    assert.match(
      machine.notes
        .all()
        .map(({ reason }) => reason)
        .join(),
      /02:00:00:00:00:01 was set by hand/,
    );
  });

  it('knows a Mellanox InfiniBand port by its GUID', async (t) => {
    const tree = fakeSysfs(t);
    const mac = 'a0:00:00:27:fe:80:00:00:00:00:00:00:7c:fe:90:03:00:29:26:52';
    fakeNetworkCard(tree, {
      name: 'ib0',
      mac,
      device: slot,
      vendor: '0x15b3',
      product: '0x1003',
      driver: 'mlx4_core',
      attributes: { type: '32' },
    });

    const [ib0] = await readInterfaces(openMachine(fakeSurroundings(tree)), {});

    assert.equal(ib0?.mac_address, '7c:fe:90:29:26:52');
    assert.equal(ib0?.client_id, 'ff:00:00:00:00:00:02:00:00:02:c9:00:7c:fe:90:03:00:29:26:52');
    assert.equal(ib0?.product, '0x1003');
  });

  it('leaves out what has no MAC, and the in-band connection of a service processor, but no Neutron port', async (t) => {
    const tree = fakeSysfs(t);
    fakeNetworkCard(tree, { name: 'wwan0', mac: '', device: slot });
    fakeNetworkCard(tree, { name: 'zero0', mac: '00:00:00:00:00:00', device: `${slot}/a` });
    fakeNetworkCard(tree, { name: 'bmc0', mac: 'fa:12:34:56:78:9a', device: `${slot}/b` });
    fakeNetworkCard(tree, { name: 'ens3', mac: 'FA:16:3E:00:00:01', device: otherSlot });
    const machine = openMachine(fakeSurroundings(tree));

    const interfaces = await readInterfaces(machine, {});

    assert.deepEqual(
      interfaces.map(({ name }) => name),
      ['ens3'],
    );
    assert.match(machine.notes.all()[1]?.reason ?? '', /fa:12:34:56:78:9a is locally administered/);
  });

  it('lists the virtual interfaces of a container that are up, with a note', async (t) => {
    const tree = fakeSysfs(t);
    fakeNetworkCard(tree, {
      name: 'lo',
      mac: '00:00:00:00:00:00',
      attributes: { type: '772', flags: '0x9' },
    });
    fakeNetworkCard(tree, { name: 'eth0', mac: '02:42:ac:11:00:02' });
    fakeNetworkCard(tree, { name: 'ifb0', mac: '02:42:ac:11:00:03', attributes: { flags: '0x82' } });
    const machine = openMachine(fakeSurroundings(tree));

    const interfaces = await readInterfaces(machine, {});

    assert.deepEqual(
      interfaces.map(({ name, pci_address, driver }) => [name, pci_address, driver]),
      [['eth0', null, null]],
    );
    assert.match(machine.notes.all()[0]?.reason ?? '', /these virtual ones are listed: eth0/);
  });

  it('says that there is no interface at all', async (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t)));

    const interfaces = await readInterfaces(machine, {});

    assert.deepEqual(interfaces, []);
    assert.match(machine.notes.all()[0]?.reason ?? '', /no virtual one is up/);
  });

  it('asks biosdevname of no VLAN, and takes its refusal in virtual machines as no name', async (t) => {
    const tree = fakeSysfs(t);
    fakeNetworkCard(tree, { name: 'eth0', mac: '52:54:00:00:00:01', device: slot });
    fakeNetworkCard(tree, { name: 'eth0.5', mac: '52:54:00:00:00:01' });
    const refusal = { outcome: 'exited', code: 4, stdout: '', stderr: '' } as const;
    const machine = openMachine(fakeSurroundings(tree, { commands: { 'biosdevname -i eth0': refusal } }));

    const interfaces = await readInterfaces(machine, {});

    assert.deepEqual(
      interfaces.map(({ biosdevname }) => biosdevname),
      [null, null],
    );
    assert.deepEqual(machine.notes.all(), []);
  });
});
