import { InspectorError } from '../errors/inspector-error.ts';
import { formatDate } from '../logging/format-date.ts';

/** What the placeholders of a file name stand for. */
export interface FileNameValues {
  readonly uuid: string | undefined;
  readonly bmc: string | undefined;
  /** With colons; they are left out of the name. */
  readonly mac: string | undefined;
  readonly dt: Date;
}

const placeholder = /\{\{|\}\}|\{(uuid|bmc|mac)\}|\{dt(?::([^{}]*))?\}|[{}]/g;

/**
 * The name of a log archive by `[processing]ramdisk_logs_filename_format`. Always one path component,
 * whatever the ramdisk says its addresses are.
 */
export function logFileName(format: string, { dt, mac, ...values }: FileNameValues): string {
  const known = { ...values, mac: mac?.replaceAll(':', '') };
  const name = format.replace(
    placeholder,
    (match: string, key: keyof typeof known | undefined, dateFormat: string | undefined) => {
      if (match === '{{') return '{';
      if (match === '}}') return '}';
      if (key !== undefined) return harmless(known[key] ?? 'unknown');
      return formatDate(dt, dateFormat || '%Y-%m-%d %H:%M:%S.%f', 'utc');
    },
  );
  return singleComponent(name);
}

/** @throws InspectorError `invalid` for a placeholder that does not exist, so that a typo is found at start-up. */
export function checkFileNameFormat(format: string): void {
  for (const [match] of format.matchAll(placeholder)) {
    if (match === '{' || match === '}') {
      throw new InspectorError(
        'invalid',
        `[processing]ramdisk_logs_filename_format: expected {uuid}, {bmc}, {mac} or {dt:format}, got "${format}"`,
      );
    }
  }
}

/** A value that comes from a ramdisk must not push the rest of the name out of what a file system takes. */
function harmless(value: string): string {
  return value.replaceAll(/[^\w.:-]/g, '_').slice(0, 64);
}

function singleComponent(name: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must not get into a file name
  const safe = name.replaceAll(/[/\\\u0000-\u001f\u007f]/g, '_').slice(0, 200);
  return /^\.*$/.test(safe) ? '_' : safe;
}
