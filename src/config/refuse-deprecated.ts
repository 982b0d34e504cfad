import { InspectorError } from '../errors/inspector-error.ts';
import type { LoadedConfiguration } from './load-configuration.ts';
import { loggingOptions } from './logging-options.ts';

/**
 * With `[DEFAULT]fatal_deprecations`, old names in the configuration are errors.
 *
 * @throws InspectorError `invalid` with a line for each of them
 */
export function refuseDeprecated(configuration: Pick<LoadedConfiguration, 'get' | 'warnings'>): void {
  if (!configuration.get(loggingOptions).fatal_deprecations) return;
  const old = configuration.warnings.filter((warning) => / is deprecated\b/.test(warning));
  if (old.length === 0) return;
  throw new InspectorError('invalid', [...old, '[DEFAULT]fatal_deprecations forbids these'].join('\n'));
}
