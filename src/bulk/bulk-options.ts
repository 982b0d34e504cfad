import { integer, optionGroup } from '../config/option.ts';

/** `[bulk]`, which the original does not have. */
export const bulkOptions = optionGroup('bulk', {
  boot_limit: integer({
    default: 100,
    min: 1,
    max: 100_000,
    help: 'How many machines bulk runs let boot the ramdisk at once: what DHCP, TFTP and image servers can bear. Runs begin with few, and with fewer again when introspections time out.',
  }),
  max_nodes: integer({
    default: 10_000,
    min: 1,
    max: 100_000,
    help: 'How many nodes a bulk run may have.',
  }),
  max_age: integer({
    default: 90,
    min: 0,
    max: 36_500,
    help: 'Days that a bulk run is kept after its end. Zero: for ever.',
  }),
});
