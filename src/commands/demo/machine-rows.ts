import { isObject, type JsonObject, type JsonValue, objectsIn } from '../../json/json-value.ts';
import { bytesText } from './quantity.ts';
import type { Row } from './table.ts';

/** What kind of machine it is, from the inventory that was posted. */
export function machineRows(inventory: JsonObject): Row[] {
  const vendor = objectAt(inventory, 'system_vendor');
  const cpu = objectAt(inventory, 'cpu');
  const memory = objectAt(inventory, 'memory').physical_mb;
  const disks = objectsAt(inventory, 'disks');
  return [
    ['hostname', show(inventory.hostname)],
    ['product', joined(vendor.manufacturer, vendor.product_name)],
    ...(typeof vendor.serial_number === 'string' ? [['serial number', show(vendor.serial_number)]] : []),
    ['processor', show(cpu.model_name)],
    ['CPUs', joined(cpu.count, cpu.architecture)],
    ['memory', typeof memory === 'number' ? bytesText(memory * 2 ** 20) : 'unknown'],
    ['disks', disks.map(diskText).join(', ') || 'none'],
    ['boots by', show(objectAt(inventory, 'boot').current_boot_mode)],
  ];
}

/** A port with the interface that has its address. */
export function portRow(port: JsonObject, interfaces: readonly JsonObject[]): Row {
  const address = show(port.address);
  const found = interfaces.find(({ mac_address: mac }) => show(mac).toLowerCase() === address.toLowerCase());
  const pxe = `pxe_enabled ${show(port.pxe_enabled)}`;
  if (found === undefined) return [address, 'not seen on the machine', pxe];
  const speed = typeof found.speed_mbps === 'number' ? `${found.speed_mbps} Mbit/s` : 'speed unknown';
  const link = found.has_carrier === true ? speed : 'no link';
  const ip = found.ipv4_address ?? found.ipv6_address ?? 'no address';
  return [address, show(found.name), show(ip), link, pxe];
}

/** The object under this key, an empty one where there is none. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isObject(value) ? value : {};
}

/** The objects in the list under this key. */
export function objectsAt(object: JsonObject, key: string): JsonObject[] {
  return objectsIn(Object.hasOwn(object, key) ? object[key] : undefined);
}

/** Text of strangers is shown without the characters that steer a terminal. */
export function show(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') return 'unknown';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // oxlint-disable-next-line no-control-regex -- these are what must not reach a terminal
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

function joined(...values: readonly (JsonValue | undefined)[]): string {
  const known = values.filter((value) => value !== undefined && value !== null && value !== '');
  return known.map(show).join(' ') || 'unknown';
}

function diskText(disk: JsonObject): string {
  return `${show(disk.name)} ${typeof disk.size === 'number' ? bytesText(disk.size) : ''}`.trimEnd();
}
