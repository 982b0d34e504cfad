import { defineProcessingHook, InspectorError } from 'ironic-inspector/plugin';
import type { AssetOptions } from './options.ts';
import { systemVendor } from './serial-number.ts';

/** Puts the serial number into the data as `asset_tag`, and into the node as `extra/asset_tag`. */
export const assetTag = defineProcessingHook<AssetOptions>({
  name: 'asset_tag',
  dependencies: ['validate_interfaces'],

  beforeProcessing(data, { options, log }) {
    const { serialNumber } = systemVendor(data);
    if (serialNumber === undefined) throw new InspectorError('invalid', 'the machine tells no serial number');
    data['asset_tag'] = `${options.prefix}${serialNumber}`;
    log.debug(`The asset tag is ${options.prefix}${serialNumber}`);
  },

  beforeUpdate(data, node) {
    node.patch([{ op: 'add', path: '/extra/asset_tag', value: data['asset_tag'] ?? null }]);
  },
});
