import { list, text } from 'ironic-inspector/plugin';

/** The section `[asset]` of the configuration. */
export const options = {
  prefix: text({ default: '', help: 'Text in front of every asset tag.' }),
  driver: text({ default: 'redfish', help: 'The driver of the nodes that asset_enroll creates.' }),
  vendors: list({ default: [], help: 'Vendors whose machines asset_enroll takes; all of them when empty.' }),
  folder: text({
    default: '/var/lib/ironic-inspector/asset',
    help: 'Where asset_files and asset_allow write.',
  }),
};

export type AssetOptions = typeof options;
