import type { FakeSysfs } from './fake-sysfs.ts';

export interface FakeNetworkCard {
  readonly name: string;
  readonly mac: string;
  /** Where its device lies below /sys/devices: `pci0000:00/0000:00:02.0`. Without it, the interface is virtual. */
  readonly device?: string;
  readonly vendor?: string;
  readonly product?: string;
  readonly driver?: string;
  /** More attributes of /sys/class/net/NAME by path, such as `speed` or `bonding/mode`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A network interface below /sys/class/net; up, with carrier, unless its attributes say otherwise. */
export function fakeNetworkCard(tree: FakeSysfs, card: FakeNetworkCard): void {
  const path = `/sys/class/net/${card.name}`;
  const attributes = { flags: '0x1003', type: '1', carrier: '1', addr_assign_type: '0', ...card.attributes };
  tree.files({ [`${path}/address`]: card.mac });
  for (const [name, value] of Object.entries(attributes)) tree.files({ [`${path}/${name}`]: value });
  if (card.device === undefined) return;
  const device = `/sys/devices/${card.device}`;
  tree.link(`${path}/device`, `../../..${device.slice('/sys'.length)}`);
  tree.files({
    [`${device}/vendor`]: card.vendor ?? '0x8086',
    [`${device}/device`]: card.product ?? '0x10d3',
  });
  tree.link(`${device}/driver`, `../../../bus/pci/drivers/${card.driver ?? 'e1000e'}`);
}
