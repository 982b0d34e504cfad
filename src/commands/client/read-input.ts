import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { ClientConsole } from './client-console.ts';

/**
 * What is in a file that an argument names; `-` is standard input.
 *
 * @throws InspectorError `invalid` with the reason why it cannot be read.
 */
export function readInput(file: string, { readFile }: Pick<ClientConsole, 'readFile'>): Buffer {
  try {
    return readFile(file === '-' ? '/dev/stdin' : file);
  } catch (cause) {
    throw new InspectorError('invalid', `${file}: cannot be read: ${messageOf(cause)}`, { cause });
  }
}
