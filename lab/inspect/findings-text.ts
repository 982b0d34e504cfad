import type { DemoClient } from '../../src/commands/demo/demo-client.ts';
import { bytesText } from '../../src/commands/demo/quantity.ts';
import { sectionText } from '../../src/commands/demo/table.ts';
import { isObject, type JsonObject, type JsonValue, objectsIn } from '../../src/json/json-value.ts';
import { escapeControl } from '../../src/logging/escape-control.ts';

/** What the ramdisk has told of a machine, in a few lines. */
export async function findingsText(name: string, client: Pick<DemoClient, 'get'>): Promise<string> {
  const data = await client.get(`/v1/introspection/${name}/data`);
  const inventory = objectOf(data.inventory);
  const { cpu, memory, system_vendor: vendor, bmc_address: bmc } = inventory;
  const rows = [
    [
      'system',
      `${text(objectOf(vendor).product_name)}, serial number ${text(objectOf(vendor).serial_number)}`,
    ],
    ['processors', `${text(objectOf(cpu).count)} ${text(objectOf(cpu).architecture)}`],
    ['memory', `${text(objectOf(memory).physical_mb)} MiB`],
    ...objectsIn(inventory.disks).map((disk) => [
      'disk',
      `${text(disk.name)}, ${typeof disk.size === 'number' ? bytesText(disk.size) : 'of unknown size'}`,
    ]),
    ...objectsIn(inventory.interfaces).map((card) => [
      'interface',
      `${text(card.name)}, ${text(card.mac_address)}, ${text(card.ipv4_address)}${switchOf(data, card)}`,
    ]),
    ['BMC', text(bmc)],
  ];
  return `\n${sectionText({ title: `What ${name} is`, rows: rows.map((row) => row.map(escapeControl)) }, undefined)}`;
}

/** What the other end of the cable says of itself, where the hook lldp_basic has found it. */
function switchOf(data: JsonObject, { name }: JsonObject): string {
  const seen = objectOf(objectOf(data.all_interfaces)[text(name)]);
  const port = objectOf(seen.lldp_processed).switch_port_description;
  return port === undefined ? '' : `, at port ${text(port)} of the switch`;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown';
}
