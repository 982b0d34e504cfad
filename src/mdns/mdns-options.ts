import { bool, integer, list, optionGroup, quotedMap } from '../config/option.ts';
import { clientOptions } from '../keystone/client-options.ts';

/** Whether the service is announced at all. */
export const enableMdnsOptions = optionGroup('DEFAULT', {
  enable_mdns: bool({
    default: false,
    help: 'Whether the API is announced by multicast DNS, so that ramdisks find it by themselves.',
  }),
});

/** `[mdns]`. */
export const mdnsOptions = optionGroup('mdns', {
  registration_attempts: integer({
    default: 5,
    min: 1,
    help: 'How often to try to have the name while another host answers to it.',
  }),
  params: quotedMap({
    default: {},
    help: 'Further properties to announce, key:value. A value with commas stands in quotes.',
  }),
  interfaces: list({ default: null, help: 'Local addresses to announce from. Unset: all.' }),
});

/** `[service_catalog]`: where the URL that is announced is found. */
export const serviceCatalogOptions = optionGroup('service_catalog', clientOptions('baremetal-introspection'));
