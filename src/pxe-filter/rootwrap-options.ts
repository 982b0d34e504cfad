import { optionGroup, text } from '../config/option.ts';

/** `[DEFAULT]`, as far as it is about commands that are run as root. */
export const rootwrapOptions = optionGroup('DEFAULT', {
  rootwrap_config: text({
    default: '/etc/ironic-inspector/rootwrap.conf',
    help: 'Rules of ironic-inspector-rootwrap, through which commands are run as root where the service is not privileged itself.',
  }),
});
