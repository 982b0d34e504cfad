import type { SystemFiles } from './system-files.ts';

/** The `key=value` words of the kernel's command line, such as `BOOTIF`; of a key that comes twice, the last. */
export function kernelParameters(files: SystemFiles): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const word of (files.text('/proc/cmdline') ?? '').split(/\s+/)) {
    const equals = word.indexOf('=');
    if (equals > 0) parameters.set(word.slice(0, equals), word.slice(equals + 1));
  }
  return parameters;
}
