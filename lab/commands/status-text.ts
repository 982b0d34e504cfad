import { sectionText } from '../../src/commands/demo/table.ts';
import type { LabStatus } from '../supervisor/lab-status.ts';

/** The status of a lab as tables; what is not known is a dash. */
export function statusText({ phase, programs, machines }: LabStatus): string {
  const shown = (value: string | null) => value ?? '-';
  const rows = machines.map(({ name, power, mac, bmc, node, introspection, error }) => [
    name,
    power,
    mac,
    bmc,
    shown(node),
    shown(introspection),
    ...(error === null ? [] : [error]),
  ]);
  return [
    `Lab: ${phase}`,
    '',
    sectionText(
      { title: 'Machines', rows: [['name', 'power', 'MAC', 'BMC', 'node', 'introspection'], ...rows] },
      undefined,
    ),
    sectionText({ title: 'Programs', rows: programs.map(({ name, state }) => [name, state]) }, undefined),
  ].join('\n');
}
