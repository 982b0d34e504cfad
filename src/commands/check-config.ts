import { InspectorError } from '../errors/inspector-error.ts';
import type { ConfigurationOfCommand } from './configuration-of.ts';
import type { ServiceConsole } from './service-console.ts';

/**
 * Tells whether the service would start with the configuration, as far as that can be told without starting it.
 * Warnings go to standard error: old names, options without effect, unknown ones.
 *
 * @returns the exit code: 0 valid, 1 not valid; a line for each fault is told then
 */
export function checkConfig(
  read: () => ConfigurationOfCommand,
  on: Pick<ServiceConsole, 'write' | 'tell'>,
): 0 | 1 {
  try {
    const { configuration } = read();
    for (const warning of configuration.warnings) on.tell(`Warning: ${warning}\n`);
    on.write('Configuration is valid\n');
    return 0;
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    on.tell(`${error.message}\n`);
    return 1;
  }
}
