import { bool, optionGroup, text } from '../config/option.ts';

/** `[processing]`, as far as the ramdisk's own logs are concerned. */
export const ramdiskLogsOptions = optionGroup('processing', {
  ramdisk_logs_dir: text<string | null>({
    default: null,
    help: 'Folder for the logs that ramdisks send; made when missing. Unset: logs are not kept.',
  }),
  always_store_ramdisk_logs: bool({
    default: false,
    help: "Whether to keep a ramdisk's logs also when its introspection succeeds.",
  }),
  ramdisk_logs_filename_format: text({
    default: '{uuid}_{dt:%Y%m%d-%H%M%S.%f}.tar.gz',
    help: 'Name of a log file. Placeholders: {uuid}, {bmc}, {mac} and {dt} with a date format after a colon (UTC).',
  }),
});
