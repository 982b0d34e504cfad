import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Runs a program in a folder and gives its output; throws when it does not end with 0. */
export type Run = (program: string, args: string[], folder: string, path?: string) => Promise<string>;

/** The example of a plug-in, built and installed as its users would have it. */
export interface InstalledExample {
  /** Lists the plug-ins and checks a configuration that uses them, with the Node that `path` has. */
  check(path: string): Promise<void>;
}

/**
 * Builds the example against the installed package, tests and packs it, and installs it in a folder that has
 * nothing else. The network is not needed.
 *
 * @param folder Where the package is installed.
 */
export async function installExample(folder: string, run: Run): Promise<InstalledExample> {
  const source = join(folder, 'plugin-asset');
  const skipped = ['dist', 'node_modules'].map((name) => resolve('examples/plugin-asset', name));
  cpSync('examples/plugin-asset', source, {
    recursive: true,
    filter: (path) => !skipped.includes(resolve(path)),
  });
  const types = resolve('node_modules/@types');
  await run(resolve('node_modules/.bin/tsc'), ['-p', source, '--typeRoots', types], source);
  await run(process.execPath, ['--test', 'test/plugin.test.mjs'], source);
  const site = join(folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'package.json'), '{ "private": true }\n');
  await run('npm', ['pack', '--silent', '--pack-destination', site], source);
  const tarball = readdirSync(site).find((name) => name.endsWith('.tgz')) ?? '';
  // The service is installed elsewhere, and is the one that the plug-in gets.
  await run(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', '--legacy-peer-deps', `./${tarball}`],
    site,
  );
  const configuration = join(site, 'service.conf');
  writeFileSync(
    configuration,
    `[DEFAULT]
standalone = true
[plugins]
packages = inspector-plugin-asset
[asset]
prefix = R1-
[processing]
processing_hooks = $default_processing_hooks,asset_tag
[pxe_filter]
driver = asset_allow
`,
  );
  const command = (name: string) => join(folder, 'node_modules', 'ironic-inspector', 'bin', `${name}.js`);
  const given = ['--config-file', configuration];
  return {
    async check(path) {
      const list = [command('ironic-inspector-plugins'), ...given, 'list', '--format', 'json'];
      const { plugins } = JSON.parse(await run('node', list, site, path)) as {
        readonly plugins: readonly {
          readonly name: string;
          readonly version: string;
          readonly enabled: boolean;
        }[];
      };
      const hook = plugins.find(({ name }) => name === 'asset_tag');
      if (hook?.version !== '1.0.0' || !hook.enabled) {
        throw new Error(`expected the hook asset_tag 1.0.0, enabled, got ${JSON.stringify(hook)}`);
      }
      await run('node', [command('ironic-inspector'), ...given, '--check-config'], site, path);
    },
  };
}
