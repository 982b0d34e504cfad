import { chmodSync, cpSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAllInOne } from '../src/all-in-one.ts';
import { loadConfiguration } from '../src/config/load-configuration.ts';
import { readConfiguration } from '../src/configuration.ts';
import { type Loading, loadPlugins } from '../src/plugins/load-plugins.ts';
import { pluginsOptions } from '../src/plugins/plugins-options.ts';
import { recordingLogger } from './recording-logger.ts';
import { ServiceClient } from './service-client.ts';
import { serviceConfiguration } from './service-configuration.ts';
import { temporaryFolder } from './temporary-folder.ts';

const example = fileURLToPath(new URL('../examples/plugin-asset/src', import.meta.url));

/** The source of the example plug-in in a folder that nobody else may write, which a checkout need not be. */
export function exampleSource(): string {
  const folder = join(temporaryFolder().path, 'asset');
  cpSync(example, folder, { recursive: true });
  protect(folder);
  return join(folder, 'plugin.ts');
}

/** A plug-in of one file in a folder of its own; gives its path. */
export function pluginFile(text: string, name = 'made-up.mjs'): string {
  const path = join(temporaryFolder().path, name);
  writeFileSync(path, text, { mode: 0o644 });
  return path;
}

/** How plug-ins are loaded in tests, unless said otherwise. */
export function loadingOf(changes: Partial<Loading> = {}): Loading {
  return {
    packages: [],
    paths: [],
    searchedFrom: [],
    api: { major: 1, minor: 0 },
    timeLimit: 10,
    userId: process.getuid?.(),
    takenSections: new Set(['processing']),
    ...changes,
  };
}

/** A whole service in this process with the plug-ins that its configuration names. */
export async function pluggedService(configuration: string) {
  const log = recordingLogger();
  const database = join(temporaryFolder().path, 'ironic-inspector.sqlite');
  const files = [
    { path: '/service.conf', text: serviceConfiguration(database) },
    { path: '/test.conf', text: configuration },
  ];
  const named = loadConfiguration([pluginsOptions], { files }).get(pluginsOptions);
  const plugins = await loadPlugins(loadingOf(named));
  const groups = plugins.map(({ optionGroup }) => optionGroup);
  const service = await startAllInOne(readConfiguration({ files }, groups), log, { plugins });
  const client = new ServiceClient(service.url);
  return {
    client,
    log,
    async stop() {
      await client.close();
      return service.stop();
    },
  };
}

function protect(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? 0o755 : 0o644);
  if (isFolder) for (const name of readdirSync(path)) protect(join(path, name));
}
