import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';

/** What the service knows of the machine, as the API gives it. */
export interface Findings {
  readonly node: JsonObject;
  readonly ports: readonly JsonObject[];
  readonly status: JsonObject;
  readonly data: JsonObject;
  readonly changes: readonly JsonObject[];
}

/** The findings as a person reads them. */
export function summaryOf({ node, ports, status, data, changes }: Findings): string {
  const inventory = objectAt(data, 'inventory');
  const vendor = objectAt(inventory, 'system_vendor');
  const properties = objectAt(node, 'properties');
  const { capabilities, ...plain } = properties;
  return [
    section('Machine', [
      ['hostname', show(inventory.hostname)],
      [
        'product',
        [vendor.manufacturer, vendor.product_name].filter(Boolean).map(show).join(' ') || 'unknown',
      ],
      ['processor', show(objectAt(inventory, 'cpu').model_name)],
    ]),
    section('Node', [
      ['uuid', show(node.uuid)],
      ['driver', show(node.driver)],
      ['provision state', show(node.provision_state)],
      [
        'introspection',
        `${show(status.state)}, ${show(status.started_at)} to ${show(status.finished_at)} UTC`,
      ],
    ]),
    section('Properties', entries(plain)),
    section('Capabilities', capabilityRows(capabilities)),
    section('Root disk', diskRows(objectAt(data, 'root_disk'))),
    section(
      'Ports',
      ports.map((port) => [show(port.address), portText(port, data)]),
    ),
    section('What each hook set', changes.map(changeRow)),
  ].join('\n');
}

type Row = readonly [string, string];

function section(title: string, rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`.trimEnd());
  return [title, ...(lines.length > 0 ? lines : ['  none']), ''].join('\n');
}

function entries(object: JsonObject): Row[] {
  return Object.entries(object).map(([name, value]) => [name, show(value)]);
}

function capabilityRows(capabilities: JsonValue | undefined): Row[] {
  if (typeof capabilities !== 'string' || capabilities === '') return [];
  return capabilities.split(',').map((item) => {
    const colon = item.indexOf(':');
    return [item.slice(0, colon), item.slice(colon + 1)];
  });
}

function diskRows(disk: JsonObject): Row[] {
  const size =
    typeof disk.size === 'number' ? [['size', `${(disk.size / 2 ** 30).toFixed(1)} GiB`] as const] : [];
  const known = ['name', 'model', 'serial', 'by_path'].filter((field) => typeof disk[field] === 'string');
  return [...known.map((field): Row => [field, show(disk[field])]), ...size];
}

function portText(port: JsonObject, data: JsonObject): string {
  const interfaces = Object.entries(objectAt(data, 'all_interfaces'));
  const found = interfaces.find(([, entry]) => isObject(entry) && entry.mac === port.address);
  const where =
    found === undefined
      ? 'not seen on the machine'
      : `${found[0]} ${show(objectAt({ e: found[1] }, 'e').ip)}`;
  return `${where}, pxe_enabled ${show(port.pxe_enabled)}`;
}

function changeRow(change: JsonObject): Row {
  const what = change.path === '' ? show(change.on) : `${show(change.on)} ${show(change.path)}`;
  const value = change.path === '' && change.to !== undefined ? 'created' : show(change.to ?? null);
  return [show(change.by), `${what}: ${value}`];
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}

/** Text of strangers is shown without the characters that steer a terminal. */
function show(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'unknown';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // oxlint-disable-next-line no-control-regex -- these are what must not reach a terminal
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}
