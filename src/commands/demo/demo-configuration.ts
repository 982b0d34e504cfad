import { readFileSync, writeFileSync } from 'node:fs';
import { cannotBeWritten, type DemoDirectory } from './demo-directory.ts';

/** @throws InspectorError `invalid` when the folder cannot be written. */
export function writeConfiguration(directory: DemoDirectory, port: number): void {
  try {
    writeFileSync(directory.configFile, configurationText(directory, port));
  } catch (error) {
    throw cannotBeWritten(directory.path, error);
  }
}

/** The port that the last run has configured; `undefined` where there was none. */
export function configuredPort({ configFile }: Pick<DemoDirectory, 'configFile'>): number | undefined {
  try {
    const port = /^listen_port = (\d+)$/m.exec(readFileSync(configFile, 'utf8'))?.[1];
    return port === undefined ? undefined : Number(port);
  } catch {
    return undefined;
  }
}

function configurationText(directory: DemoDirectory, port: number): string {
  return `# Written by the demo; changes are lost at its next run.

[DEFAULT]
listen_address = 127.0.0.1
listen_port = ${port}
auth_strategy = noauth
log_file = ${escaped(directory.logFile)}

[bare_metal]
service = registry

[database]
connection = sqlite:///${escaped(directory.database)}

[processing]
store_data = database
node_not_found_hook = enroll
# The machine that is inspected is the one that the demo runs on.
power_off = false

[discovery]
enroll_node_driver = fake-hardware

[capabilities]
boot_mode = true

[pxe_filter]
driver = noop
`;
}

/** A dollar would refer to another option. */
function escaped(path: string): string {
  return path.replaceAll('$', () => '$$');
}
