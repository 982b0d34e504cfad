import { type Command, InvalidArgumentError, Option } from 'commander';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { mostMachines } from '../setup/lab-network.ts';
import { filterDrivers, type LabSettings } from '../setup/lab-settings.ts';
import { stateOption } from './state-option.ts';

/** Adds the options that say what a lab is made of. */
export function withUpOptions(command: Command): Command {
  const choice = (flags: string, help: string, choices: readonly string[]) =>
    new Option(flags, help).choices(choices).default(choices[0]);
  return command
    .option('--nodes <number>', 'machines that are enrolled as nodes', parseNodes, 3)
    .addOption(choice('--driver <name>', 'PXE filter', filterDrivers))
    .addOption(
      choice('--ironic <which>', "bare metal service: the built-in registry, or Debian's Ironic", [
        'registry',
        'real',
      ]),
    )
    .addOption(choice('--bmc <protocol>', 'how machines are switched on', ['redfish', 'ipmi']))
    .addOption(choice('--firmware <kind>', 'firmware of the machines', ['bios', 'uefi']))
    .option('--discovery', 'one machine more that nobody has enrolled, which the service takes in', false)
    .option('--deny-unknown-macs', 'only machines with a port of a node may boot', false)
    .option('--split', 'API and conductor as processes of their own, with PostgreSQL and RabbitMQ', false)
    .option('--set <option>', 'option of the service, as SECTION.NAME=VALUE; may be repeated', parseSet, [])
    .addOption(stateOption());
}

/** What commander makes of those options. */
export interface UpOptions extends Omit<LabSettings, 'options'> {
  readonly set: readonly string[];
  readonly state: string;
}

/** @throws InspectorError `invalid` for what does not go together */
export function settingsOf({ set: options, ...given }: UpOptions): LabSettings {
  const { nodes, driver, ironic, bmc, firmware, discovery, denyUnknownMacs, split } = given;
  if (bmc === 'ipmi' && ironic !== 'real') {
    throw new InspectorError(
      'invalid',
      'The registry speaks Redfish alone: --bmc ipmi goes with --ironic real.',
    );
  }
  if (discovery && denyUnknownMacs) {
    throw new InspectorError(
      'invalid',
      'An unknown machine cannot be discovered when it may not boot: choose --discovery or --deny-unknown-macs.',
    );
  }
  return { nodes, driver, ironic, bmc, firmware, discovery, denyUnknownMacs, split, options };
}

function parseNodes(text: string): number {
  const most = mostMachines - 1;
  const nodes = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (nodes < 1 || nodes > most) throw new InvalidArgumentError(`Expected a number from 1 to ${most}.`);
  return nodes;
}

function parseSet(text: string, before: readonly string[]): string[] {
  if (/^[^.=\n]+\.[^=\n]+=[^\n]*$/.test(text)) return [...before, text];
  throw new InvalidArgumentError('Expected SECTION.NAME=VALUE.');
}
