import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { definePxeFilter } from 'ironic-inspector/plugin';
import type { AssetOptions } from './options.ts';

/** Writes the MAC addresses that may boot the ramdisk to the file `allowed`, for a DHCP server to read. */
export const assetAllow = definePxeFilter<AssetOptions>({
  name: 'asset_allow',

  async sync({ options, allowedMacs }) {
    const macs = await allowedMacs();
    await mkdir(options.folder, { recursive: true });
    const path = join(options.folder, 'allowed');
    await writeFile(`${path}.new`, macs.map((mac) => `${mac}\n`).join(''));
    await rename(`${path}.new`, path);
  },
});
