import { definePlugin } from 'ironic-inspector/plugin';
import { assetAllow } from './asset-allow.ts';
import { assetEnroll } from './asset-enroll.ts';
import { assetFiles } from './asset-files.ts';
import { assetTag } from './asset-tag.ts';
import { options } from './options.ts';
import { setOwner } from './set-owner.ts';
import { startsWith } from './starts-with.ts';

/** What the service loads: its package.json names this file. */
export const plugin = definePlugin({
  name: 'asset',
  apiVersion: 1,
  options,
  processingHooks: [assetTag],
  nodeNotFoundHooks: [assetEnroll],
  ruleConditions: [startsWith],
  ruleActions: [setOwner],
  dataStores: [assetFiles],
  pxeFilters: [assetAllow],
});
