import type { PartFaults } from '../check-parts.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { ConfigurationOfCommand } from './configuration-of.ts';
import type { ServiceConsole } from './service-console.ts';

/**
 * Tells whether the service would start with the configuration, as far as that can be told without starting it.
 * Warnings go to standard error: old names, options without effect, unknown ones, and what would keep the service
 * from starting on this machine, though the values may be right on the one that it is meant for.
 *
 * @param checkParts Looks at what options mean together, once each of them is valid.
 * @returns the exit code: 0 valid, 1 not valid; a line for each fault is told then
 */
export async function checkConfig(
  read: () => ConfigurationOfCommand,
  checkParts: (it: ConfigurationOfCommand) => Promise<PartFaults>,
  on: Pick<ServiceConsole, 'write' | 'tell'>,
): Promise<0 | 1> {
  try {
    const it = read();
    const { wrong, missing } = await checkParts(it);
    for (const warning of it.configuration.warnings) on.tell(`Warning: ${warning}\n`);
    for (const fault of missing) on.tell(`Warning: the service would not work on this machine: ${fault}\n`);
    if (wrong.length > 0) throw new InspectorError('invalid', wrong.join('\n'));
    on.write('Configuration is valid\n');
    return 0;
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    on.tell(`${error.message}\n`);
    return 1;
  }
}
