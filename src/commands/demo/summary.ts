import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { machineRows, objectAt, objectsAt, portRow, show } from './machine-rows.ts';
import { bytesText } from './quantity.ts';
import { type Row, type Section, sectionText } from './table.ts';

/** What the service knows of the machine, as the API gives it. */
export interface Findings {
  readonly node: JsonObject;
  readonly ports: readonly JsonObject[];
  readonly status: JsonObject;
  readonly data: JsonObject;
  readonly changes: readonly JsonObject[];
}

/**
 * The findings as a person reads them.
 *
 * @param width Characters of a line, where the terminal has a limit.
 */
export function summaryOf({ node, ports, status, data, changes }: Findings, width?: number): string {
  const { capabilities, ...properties } = objectAt(node, 'properties');
  const interfaces = objectsAt(objectAt(data, 'inventory'), 'interfaces');
  const sections: Section[] = [
    { title: 'Machine', rows: machineRows(objectAt(data, 'inventory')) },
    { title: 'Node', rows: nodeRows(node, status) },
    { title: 'Properties', rows: Object.entries(properties).map(propertyRow) },
    { title: 'Capabilities', rows: capabilityRows(capabilities) },
    { title: 'Root disk', rows: diskRows(objectAt(data, 'root_disk')) },
    { title: 'Ports', rows: ports.map((port) => portRow(port, interfaces)) },
    {
      title: 'What each hook set',
      rows: changes.map(changeRow),
      ifEmpty: 'nothing: the node was up to date already',
    },
  ];
  return sections.map((section) => sectionText(section, width)).join('\n');
}

function nodeRows(node: JsonObject, status: JsonObject): Row[] {
  return [
    ['uuid', show(node.uuid)],
    ['driver', show(node.driver)],
    ['provision state', show(node.provision_state)],
    ['introspection', `${show(status.state)}${endText(status)}`],
  ];
}

/** ` at 2026-11-22 13:36:35 UTC, in 0.04 s` */
function endText({ started_at: from, finished_at: to }: JsonObject): string {
  if (typeof from !== 'string' || typeof to !== 'string') return '';
  const milliseconds = Date.parse(`${to.slice(0, 23)}Z`) - Date.parse(`${from.slice(0, 23)}Z`);
  return ` at ${show(to.slice(0, 19).replace('T', ' '))} UTC, in ${(milliseconds / 1000).toFixed(2)} s`;
}

/** The value as the bare metal service has it, and how much that is. */
function propertyRow([name, value]: [string, JsonValue]): Row {
  const number = Number(value);
  if (name === 'memory_mb' && number > 0) return [name, show(value), bytesText(number * 2 ** 20)];
  if (name === 'local_gb' && number > 0) return [name, show(value), bytesText(number * 2 ** 30)];
  return [show(name), show(value)];
}

function capabilityRows(capabilities: JsonValue | undefined): Row[] {
  if (typeof capabilities !== 'string' || capabilities === '') return [];
  return capabilities.split(',').map((item) => {
    const [name = '', ...value] = item.split(':');
    return [show(name), show(value.join(':'))];
  });
}

function diskRows(disk: JsonObject): Row[] {
  const known = ['name', 'model', 'serial', 'by_path'].filter((field) => typeof disk[field] === 'string');
  const size = typeof disk.size === 'number' ? [['size', bytesText(disk.size)]] : [];
  return [...known.map((field) => [field, show(disk[field])]), ...size];
}

function changeRow(change: JsonObject): Row {
  const isWhole = change.path === '';
  const what = isWhole ? show(change.on) : `${show(change.on)} ${show(change.path)}`;
  const removed = change.to === undefined || change.to === null;
  const value = removed ? 'removed' : isWhole && isObject(change.to) ? 'created' : show(change.to);
  return [show(change.by), what, value];
}
