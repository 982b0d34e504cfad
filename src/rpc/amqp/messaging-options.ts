import { integer, optionGroup, text } from '../../config/option.ts';

/** `[DEFAULT]`, as far as it is about messages between the API and conductors. */
export const messagingOptions = optionGroup('DEFAULT', {
  transport_url: text({
    default: 'rabbit://',
    secret: true,
    help:
      'The message broker between the API and conductors in processes of their own: ' +
      'rabbit://user:password@host:port,.../virtual-host?parameters. Parameters are options of ' +
      '[oslo_messaging_rabbit]. Not used where both are in one process; fake:// says so.',
  }),
  executor_thread_pool_size: integer({
    default: 64,
    min: 1,
    deprecatedNames: [{ name: 'rpc_thread_pool_size' }],
    help: 'How many calls a conductor works on at once.',
  }),
  rpc_response_timeout: integer({
    default: 60,
    min: 1,
    max: 86_400,
    help: 'Seconds to wait for the answer to a call. A callback of a ramdisk has five times as long.',
  }),
  control_exchange: text({ default: 'openstack', help: 'Name of the exchange that calls go through.' }),
});
