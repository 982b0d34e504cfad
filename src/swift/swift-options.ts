import { integer, optionGroup, text } from '../config/option.ts';
import { clientOptions } from '../keystone/client-options.ts';

/** `[swift]`. */
export const swiftOptions = optionGroup('swift', {
  delete_after: integer({
    default: 0,
    help: 'Seconds after which Swift deletes what is stored in it; 0 keeps it for ever.',
  }),
  container: text({
    default: 'ironic-inspector',
    help: 'Container to store data in; made when it is not there.',
  }),
  ...clientOptions('object-store'),
});
