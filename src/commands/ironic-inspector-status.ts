import { policyFileOptions } from '../api/policy/policy-options.ts';
import type { ConfigurationSources } from '../config/configuration-sources.ts';
import { type LoadedConfiguration, loadConfiguration } from '../config/load-configuration.ts';
import { databaseOptions } from '../database/database-options.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { type ConfigurationOfCommand, configurationOf } from './configuration-of.ts';
import { policyFoldersOf } from './policy-folders.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';
import { checkDatabase } from './status/check-database.ts';
import { checkPolicyFile } from './status/check-policy-file.ts';
import { findingsJson, findingsTable } from './status/show-findings.ts';
import { parseStatusArguments, type StatusArguments } from './status/status-arguments.ts';
import { type Finding, worstOf } from './status/upgrade-check.ts';

/** Exit code of a check that could not be made, which none of the results has. */
const checkFailed = 255;

/**
 * Tells before an upgrade, or before the original is replaced, what stands in the way.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 all is well, 1 a warning, 2 a failure or wrong arguments, 255 the check itself failed
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runStatus(argv, thisProcess());
}

/** The command over given surroundings. */
export async function runStatus(argv: readonly string[], on: ServiceConsole): Promise<number> {
  const given = parseStatusArguments(argv, on);
  if ('exitCode' in given) return given.exitCode;
  try {
    const found = configurationOf('ironic-inspector-status', given, on, readOptions);
    const findings = await findingsOf(found, given, on);
    on.write(given.json ? findingsJson(findings) : findingsTable(findings));
    return worstOf(findings);
  } catch (error) {
    if (error instanceof InspectorError) {
      on.tell(`${error.message}\n`);
      return 1;
    }
    on.write(`Error:\n${error instanceof Error ? error.stack : messageOf(error)}\n`);
    return checkFailed;
  }
}

/** A fault in the options of something else is no reason not to check. */
function readOptions(sources: ConfigurationSources): LoadedConfiguration {
  return loadConfiguration([databaseOptions, policyFileOptions], sources);
}

async function findingsOf(
  { configuration, files }: ConfigurationOfCommand,
  given: StatusArguments,
  on: ServiceConsole,
): Promise<Finding[]> {
  const folders = policyFoldersOf(given, files, on);
  const { policy_file: policyFile } = configuration.get(policyFileOptions);
  return [
    checkPolicyFile({ ...on, policyFile, folders }),
    ...(await checkDatabase(configuration.get(databaseOptions), on)),
  ];
}
