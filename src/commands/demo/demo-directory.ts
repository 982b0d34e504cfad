import { accessSync, constants, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';

/** Where the demo keeps its database, configuration and log. */
export interface DemoDirectory {
  readonly path: string;
  readonly configFile: string;
  readonly logFile: string;
  readonly database: string;
  /** Present while a service that `--keep` left running uses the folder. */
  readonly pidFile: string;
}

/** The same folder every time, so that a second run finds the machine of the first. */
export function defaultDirectory(): string {
  return join(tmpdir(), `ironic-inspector-demo-${userInfo().uid}`);
}

/**
 * Makes the folder, private to the user, and writes the configuration into it.
 *
 * @throws InspectorError `invalid` with what to do when the folder is not ours or cannot be written.
 */
export function openDirectory(
  path: string,
  { port, fresh }: { port: number; fresh: boolean },
): DemoDirectory {
  const root = resolve(path);
  try {
    if (fresh) rmSync(root, { recursive: true, force: true });
    makeFolder(root);
    requireOwned(root);
    accessSync(root, constants.W_OK);
    const directory = {
      path: root,
      configFile: join(root, 'demo.conf'),
      logFile: join(root, 'ironic-inspector.log'),
      database: join(root, 'ironic-inspector.sqlite'),
      pidFile: join(root, 'ironic-inspector.pid'),
    };
    writeFileSync(directory.configFile, configuration(directory, port));
    return directory;
  } catch (error) {
    if (error instanceof InspectorError) throw error;
    throw new InspectorError(
      'invalid',
      `The folder ${root} cannot be written: ${messageOf(error)}. Name another with --directory`,
      { cause: error },
    );
  }
}

/** Only the last part is made: a wrong path is more likely than a wish for many folders. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Somebody else's folder, or a link to elsewhere, is not written into. */
function requireOwned(path: string): void {
  const status = lstatSync(path);
  if (status.isDirectory() && status.uid === userInfo().uid) return;
  throw new InspectorError(
    'invalid',
    `${path}: expected a folder that belongs to this user. Remove it, or name another with --directory`,
  );
}

function configuration(directory: Omit<DemoDirectory, 'configFile'>, port: number): string {
  return `# Written by the demo; changes are lost at its next run.

[DEFAULT]
listen_address = 127.0.0.1
listen_port = ${port}
auth_strategy = noauth
log_file = ${directory.logFile}

[bare_metal]
service = registry

[database]
connection = sqlite:///${directory.database.replaceAll('$', '$$')}

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
