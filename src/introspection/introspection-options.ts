import { integer, list, optionGroup } from '../config/option.ts';

/** `[DEFAULT]`, as far as introspection reads it. */
export const introspectionOptions = optionGroup('DEFAULT', {
  timeout: integer({
    default: 3600,
    max: 315_576_000,
    help: 'Seconds after which a running introspection is failed. Zero or less: never.',
  }),
  clean_up_period: integer({
    default: 60,
    min: 0,
    help: 'Seconds between two looks for introspections that have timed out. Zero: never.',
  }),
  introspection_delay: integer({
    default: 5,
    min: 0,
    help: 'Seconds between two power-ons by this service.',
  }),
  max_concurrency: integer({
    default: 1000,
    min: 2,
    help: 'How many introspections may be worked on in the background at once.',
  }),
  ipmi_address_fields: list({
    default: ['redfish_address', 'ilo_address', 'drac_host', 'drac_address', 'ibmc_address'],
    help: 'Fields of driver_info that may hold the BMC address, looked at after ipmi_address.',
  }),
});
