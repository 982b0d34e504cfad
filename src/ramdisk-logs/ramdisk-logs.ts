import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OptionsOf } from '../config/option.ts';
import { messageOf } from '../errors/inspector-error.ts';
import type { Clock } from '../host/clock.ts';
import { bmcAddressesOf } from '../inventory/bmc-addresses.ts';
import { pxeMacOf } from '../inventory/pxe-mac.ts';
import type { RamdiskData } from '../inventory/ramdisk-data.ts';
import type { Logger } from '../logging/logger.ts';
import { checkFileNameFormat, logFileName } from './file-name.ts';
import type { ramdiskLogsOptions } from './ramdisk-logs-options.ts';

/** Keeps the log archive that a ramdisk sends along. */
export interface RamdiskLogs {
  /** Also after success. */
  readonly storeAlways: boolean;
  /**
   * Whatever goes wrong is logged; it never changes how an introspection ends.
   *
   * @param log That of the request, with the node in front.
   */
  store(data: RamdiskData, nodeUuid: string | undefined, log: Logger): Promise<void>;
}

/** @throws InspectorError `invalid` for a file name format that does not work. */
export function ramdiskLogs(
  options: OptionsOf<typeof ramdiskLogsOptions.options>,
  { clock }: { clock: Clock },
): RamdiskLogs {
  checkFileNameFormat(options.ramdisk_logs_filename_format);
  return {
    storeAlways: options.always_store_ramdisk_logs,
    async store(data, nodeUuid, log) {
      const archive = archiveOf(data);
      const directory = options.ramdisk_logs_dir;
      if (archive === undefined)
        return log.warning('No ramdisk logs to keep: "logs" is missing or not base64');
      if (directory === null)
        return log.warning('Ramdisk logs are not kept: [processing]ramdisk_logs_dir is not set');
      const name = logFileName(options.ramdisk_logs_filename_format, {
        uuid: nodeUuid,
        bmc: bmcAddressesOf(data).ipv4,
        mac: pxeMacOf(data),
        dt: clock.now(),
      });
      try {
        await writeAtomically(directory, name, archive);
        log.info(`Ramdisk logs were kept in ${join(directory, name)}`);
      } catch (error) {
        log.error(`Ramdisk logs could not be written to ${directory}: ${messageOf(error)}`);
      }
    },
  };
}

/** Padding is asked for, as in the original; line breaks may be anywhere. */
function archiveOf(data: RamdiskData): Buffer | undefined {
  const { logs } = data;
  if (typeof logs !== 'string') return undefined;
  const text = logs.replaceAll(/\s/g, '');
  const isBase64 = text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isBase64 ? Buffer.from(text, 'base64') : undefined;
}

/** Not readable by everybody: a ramdisk's logs may hold what was on its command line. */
async function writeAtomically(directory: string, name: string, content: Buffer): Promise<void> {
  await mkdir(directory, { recursive: true });
  // Two machines may be given the same name, and are then not to write to the same file at once.
  const temporary = join(directory, `.${randomUUID()}.partial`);
  try {
    await writeFile(temporary, content, { mode: 0o640 });
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
