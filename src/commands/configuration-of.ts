import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { findConfigFiles } from '../config/find-config-files.ts';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { readConfigFiles } from '../config/read-config-files.ts';
import { readConfiguration } from '../configuration.ts';
import type { ServiceArguments } from './service-arguments.ts';

/**
 * The configuration that the command line, the environment and the files make.
 *
 * @throws InspectorError `invalid` with a line for each fault.
 */
export function configurationOf(program: string, given: ServiceArguments): LoadedConfiguration {
  const paths = findConfigFiles({
    arguments: given.configuration,
    program,
    home: homedir(),
    workingDirectory: process.cwd(),
    environment: process.env,
    exists: existsSync,
    listDirectory: (path) => readdirSync(path),
  });
  return readConfiguration({
    files: readConfigFiles(paths, (path) => readFileSync(path)),
    environment: process.env,
    commandLine: given.settings,
  });
}
