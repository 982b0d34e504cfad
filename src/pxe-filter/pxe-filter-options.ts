import { optionGroup, text } from '../config/option.ts';

/** `[pxe_filter]`. */
export const pxeFilterOptions = optionGroup('pxe_filter', {
  driver: text({ default: 'iptables', help: 'PXE filter driver. This version has noop.' }),
});
