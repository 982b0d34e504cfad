import { fileURLToPath } from 'node:url';

/** Where in the code a message comes from; the members are named as in Python's format strings. */
export interface CallSite {
  readonly funcName: string;
  readonly pathname: string;
  readonly lineno: number;
}

/** The folder of the loggers, whose frames are left out. */
const folder = new URL('.', import.meta.url).href;

const frame = /^ {4}at (?:async )?(?:(?:new )?(.+?) \()?(file:\/\/[^)]+|\/[^)]+):(\d+):\d+\)?$/;

/** Who called the logger. It takes some microseconds, so it is asked for at DEBUG only. */
export function callSite(stack: string = new Error('stack').stack ?? ''): CallSite | undefined {
  for (const line of stack.split('\n')) {
    const [, name, file, number] = frame.exec(line) ?? [];
    if (file === undefined || (file.startsWith(folder) && !file.includes('.test.'))) continue;
    const pathname = file.startsWith('file:') ? fileURLToPath(file) : file;
    return { funcName: name?.split(/[ .]/).at(-1) ?? '<module>', pathname, lineno: Number(number) };
  }
  return undefined;
}
