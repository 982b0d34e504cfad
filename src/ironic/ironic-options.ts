import { integer, type OptionsOf, optionGroup } from '../config/option.ts';
import { clientOptions } from '../keystone/client-options.ts';

/** `[ironic]`. */
export const ironicOptions = optionGroup('ironic', {
  retry_interval: integer({
    default: 2,
    help: 'Seconds between two tries of a request that meets a locked node or a service that is busy; up to a quarter more, at random. status_code_retries and status_code_retry_delay, where set, go before.',
  }),
  max_retries: integer({
    default: 30,
    help: 'How often such a request is tried again.',
  }),
  ...clientOptions('baremetal'),
});

/** The values of `[ironic]`. */
export type IronicSettings = OptionsOf<typeof ironicOptions.options>;
