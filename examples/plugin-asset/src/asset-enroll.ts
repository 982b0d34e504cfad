import { defineNodeNotFoundHook } from 'ironic-inspector/plugin';
import type { AssetOptions } from './options.ts';
import { systemVendor } from './serial-number.ts';

/** Creates a node that is named after the serial number, for machines of the vendors that are wanted. */
export const assetEnroll = defineNodeNotFoundHook<AssetOptions>({
  name: 'asset_enroll',

  async handle(data, { options, createNode, log }) {
    const { serialNumber, manufacturer } = systemVendor(data);
    const isWanted = options.vendors.length === 0 || options.vendors.includes(manufacturer ?? '');
    if (serialNumber === undefined || !isWanted) return undefined;
    const { uuid } = await createNode({ driver: options.driver, name: `asset-${serialNumber}` });
    log.info(`Enrolled the node ${uuid} as asset-${serialNumber}`);
    return uuid;
  },
});
