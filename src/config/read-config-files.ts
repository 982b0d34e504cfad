import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { ConfigFile } from './parse-ini.ts';

/**
 * Reads the files that `findConfigFiles` named. `readFile` is that of `node:fs`, synchronous.
 * @throws InspectorError `invalid`, one line for each file that is missing, unreadable or not UTF-8.
 */
export function readConfigFiles(
  paths: readonly string[],
  readFile: (path: string) => Uint8Array,
): ConfigFile[] {
  const problems: string[] = [];
  const files: ConfigFile[] = [];
  for (const path of paths) {
    try {
      files.push({ path, text: new TextDecoder('utf-8', { fatal: true }).decode(readFile(path)) });
    } catch (error) {
      problems.push(problemOf(path, error));
    }
  }
  if (problems.length > 0) throw new InspectorError('invalid', problems.join('\n'));
  return files;
}

function problemOf(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `Failed to find some config files: ${path}: check the path`;
  if (code === 'EACCES') {
    return `Failed to open some config files: ${path}: give the service's user read access`;
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return `Failed to read ${path}: it is not UTF-8: convert it, or escape the odd characters`;
  }
  return `Failed to read ${path}: ${messageOf(error)}`;
}
