import { sectionText } from '../../src/commands/demo/table.ts';
import type { LabStatus } from '../supervisor/lab-status.ts';
import { askStatus } from './ask-lab.ts';
import type { LabCommand } from './lab-command.ts';
import { requireLab, type StateOption, stateOption } from './state-option.ts';

/** `lab status` */
export const statusCommand: LabCommand = (program, on) => {
  program
    .command('status')
    .description('shows machines, nodes and programs of the lab')
    .option('--json', 'as JSON', false)
    .addOption(stateOption())
    .action(async (options: StateOption & { readonly json: boolean }) => {
      const { folder } = requireLab(options, on);
      const status = await askStatus(folder);
      on.write(options.json ? `${JSON.stringify(status, undefined, 2)}\n` : statusText(status));
    });
};

function statusText({ phase, programs, machines }: LabStatus): string {
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
