import { defineRuleAction } from 'ironic-inspector/plugin';

/** `{"action": "set-owner", "owner": "team of {data[asset_tag]}"}` */
export const setOwner = defineRuleAction({
  name: 'set-owner',
  parameters: { required: ['owner'] },
  formatted: ['owner'],

  apply(node, { owner }, { log }) {
    log.info(`Node ${node.uuid} belongs to ${String(owner)}`);
    node.patch([{ op: 'add', path: '/extra/owner', value: String(owner) }]);
  },
});
