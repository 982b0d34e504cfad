import { dirname, resolve } from 'node:path';
import { defaultFolders } from '../config/find-config-files.ts';
import type { ServiceArguments } from './service-arguments.ts';
import type { ServiceConsole } from './service-console.ts';

/**
 * Where a policy file with a relative name may lie: what `--config-dir` gives, beside the configuration files,
 * the last one first, and where those are looked for.
 */
export function policyFoldersOf(
  given: Pick<ServiceArguments, 'configuration'>,
  files: readonly string[],
  on: Pick<ServiceConsole, 'workingDirectory' | 'home' | 'environment'>,
): readonly string[] {
  const directories = given.configuration.flatMap((one) => ('directory' in one ? [one.directory] : []));
  const folders = [
    ...directories.map((path) => resolve(on.workingDirectory, path)),
    ...files.map((file) => dirname(file)).toReversed(),
    ...defaultFolders(on),
  ];
  return [...new Set(folders)];
}
