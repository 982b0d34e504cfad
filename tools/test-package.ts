/**
 * `npm run test:package`: packs this package, installs it elsewhere and calls its commands there, on each
 * Node line that `engines` allows.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { installRuntime } from './bootstrap/runtime.mjs';
import { testedNodeVersions } from './node-versions.ts';
import { outputOfProgram } from './run-program.ts';
import { installExample } from './test-plugin-package.ts';
import { answersFromPackage } from './test-service-package.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
const calls = [
  ['ironic-inspector', '--version'],
  ['ironic-inspector', '--help'],
  ['ironic-inspector-agent', '--help'],
  ['ironic-inspector-plugins', '--help'],
  ['ironic-inspector-dbsync', '--help'],
];

const folder = mkdtempSync(join(tmpdir(), 'ironic-inspector-package-'));
try {
  await testPackage();
  console.log('The package installs and its commands run.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function testPackage(): Promise<void> {
  const packed = await successful('npm', ['pack', '--silent', '--pack-destination', folder], process.cwd());
  const tarball = packed.trim().split('\n').at(-1) ?? '';
  console.log(`packed     ${tarball}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await successful(
    'npm',
    ['install', '--no-audit', '--no-fund', '--omit=dev', join(folder, tarball)],
    folder,
  );
  console.log(`installed  into ${folder}`);
  const example = await installExample(folder, successful);
  console.log('built      the example of a plug-in against it, tested and installed');
  for (const version of testedNodeVersions) {
    const path = [dirname(await installRuntime(version)), pathWithout('node_modules')].join(delimiter);
    for (const call of calls) {
      const output = await successful('npx', ['--no-install', ...call], folder, path);
      if (call.includes('--version') && !output.includes(manifest.version)) {
        throw new Error(`${call.join(' ')}: expected the version ${manifest.version}, got:\n${output}`);
      }
      console.log(`Node ${version}  ${call.join(' ')}: ${output.trim().split('\n')[0]}`);
    }
    await answersFromPackage(folder, path);
    console.log(`Node ${version}  the service starts, answers and stops`);
    await example.check(path);
    console.log(`Node ${version}  the example of a plug-in is loaded from its package`);
  }
}

/** PATH without this checkout's own programs, which must not be mistaken for the installed ones. */
function pathWithout(word: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((name) => !name.includes(word)).join(delimiter);
}

async function successful(program: string, args: string[], cwd: string, path?: string): Promise<string> {
  const env = path === undefined ? process.env : { ...process.env, PATH: path };
  const { code, output } = await outputOfProgram(program, args, { folder: cwd, env });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}
