import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './alone.mjs';
import { npm } from './npm.mjs';
import { runtimes } from './paths.mjs';

/**
 * Where a Node version lies once it is installed.
 *
 * @param {string} version such as `24.21.0`
 */
export function runtimeOf(version) {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(runtimes, version, 'node_modules', packageName(), 'bin', executable);
}

/**
 * Installs a Node version from the npm registry, without running any install script, and returns the path of
 * its executable. Does nothing when it is there.
 *
 * @param {string} version
 */
export async function installRuntime(version) {
  const executable = runtimeOf(version);
  await alone(runtimes, async () => {
    if (existsSync(executable)) return;
    const folder = join(runtimes, version);
    mkdirSync(folder, { recursive: true });
    // A manifest of its own keeps npm from looking for one further up.
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const args = [
      'install',
      '--no-save',
      '--no-package-lock',
      '--ignore-scripts',
      `${packageName()}@${version}`,
    ];
    await npm(`Installing Node ${version}`, args, folder);
  });
  return executable;
}

/** The package that holds nothing but the executable; the name differs on Apple's own processors. */
function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}
