import { defaultFolder } from '../setup/lab-folder.ts';
import type { LabSettings } from '../setup/lab-settings.ts';
import type { StateOption } from './state-option.ts';

/** What to try with a lab that is up. */
export function nextSteps({
  nodes,
  ironic,
  state,
}: Pick<LabSettings, 'nodes' | 'ironic'> & StateOption): string {
  const lab = (words: string) => {
    const [command = '', ...rest] = words.split(' ');
    const which = state === defaultFolder ? [] : ['--state', state];
    return ['npm run lab --', command, ...which, ...rest].join(' ');
  };
  const last = `node-${nodes}`;
  const commands = [
    [lab('inspect --wait'), 'boots all machines over the network and inspects them'],
    [lab('status'), 'machines, nodes and programs'],
    [lab('logs service --follow'), 'what the service says; dnsmasq, machine 1 and others have logs, too'],
    [lab('console node-1'), 'the serial console of a machine'],
    [
      lab(
        ironic === 'real'
          ? `run openstack baremetal node inspect ${last} --wait`
          : `run ironic-inspector-client introspection start --wait ${last}`,
      ),
      'any command in the network of the lab',
    ],
    [lab('down'), 'ends the lab and removes all that it had'],
  ];
  const width = Math.max(...commands.map(([command = '']) => command.length));
  const lines = commands.map(([command = '', effect]) => `  ${command.padEnd(width)}  ${effect}`);
  return ['', 'What to try next', ...lines, ''].join('\n');
}
