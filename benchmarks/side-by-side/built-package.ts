import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../tools/bundle.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds the service as an installed package has it: bundled, and without its sources. Its libraries are those of the
 * checkout.
 *
 * @returns the folder of its commands.
 */
export async function builtPackage(folder: string): Promise<string> {
  mkdirSync(folder);
  for (const part of ['bin', 'etc', 'package.json']) {
    cpSync(join(checkout, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'));
  await bundle(join(folder, 'dist'));
  return join(folder, 'bin');
}
