import { choice, optionGroup } from '../config/option.ts';

/** `[bare_metal]`: which service knows the nodes. Ours; the original has only Ironic. */
export const bareMetalOptions = optionGroup('bare_metal', {
  service: choice(['ironic', 'registry'], {
    default: 'ironic',
    help: 'Where nodes and ports are kept: ironic, as [ironic] says where it is, or registry, the one built in.',
  }),
});
