import { bool, optionGroup, text } from '../config/option.ts';

/**
 * The options of `[processing]` that belong to no single hook. Those of one hook are declared beside it, and
 * those of stores and ramdisk logs beside them.
 */
export const processingOptions = optionGroup('processing', {
  overwrite_existing: bool({
    default: true,
    help: 'Whether to overwrite existing values in node database. Disable this option to make introspection a non-destructive operation.',
  }),
  default_processing_hooks: text({
    default: 'ramdisk_error,root_disk_selection,scheduler,validate_interfaces,capabilities,pci_devices',
    help: 'Comma-separated list of the hooks that the processing pipeline has by default. Refer to it as $default_processing_hooks in processing_hooks.',
  }),
  processing_hooks: text({
    default: '$default_processing_hooks',
    help: 'Comma-separated list of the enabled hooks of the processing pipeline, in the order in which they run. Hooks may be put before or after the default ones: prehook,$default_processing_hooks,posthook.',
  }),
  node_not_found_hook: text<string | null>({
    default: null,
    help: 'The hook that is asked when a machine matches no node. Unset: the introspection fails.',
  }),
  power_off: bool({
    default: true,
    help: 'Whether to power a node off once its introspection has finished. Nodes in active or rescue state, and nodes whose boot is not managed, stay as they are.',
  }),
  permit_active_introspection: bool({
    default: false,
    help: 'Whether to accept data from nodes that are in active or rescue state.',
  }),
});
