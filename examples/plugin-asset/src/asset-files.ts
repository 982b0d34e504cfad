import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineDataStore, InspectorError } from 'ironic-inspector/plugin';
import type { AssetOptions } from './options.ts';

/** Keeps each document in a file of its own. The UUID is the service's, not the ramdisk's: it is a safe name. */
export const assetFiles = defineDataStore<AssetOptions>({
  name: 'asset_files',

  async save(nodeUuid, kind, text, { options }) {
    await mkdir(options.folder, { recursive: true });
    const path = join(options.folder, `${nodeUuid}.${kind}.json`);
    // Whoever reads meanwhile gets the old document or the new one, and never half of one.
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  },

  async get(nodeUuid, kind, { options, signal }) {
    try {
      return await readFile(join(options.folder, `${nodeUuid}.${kind}.json`), { encoding: 'utf8', signal });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw new InspectorError('unavailable', `the file cannot be read: ${String(error)}`, { cause: error });
    }
  },
});
