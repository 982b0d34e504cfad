import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where in the code a message comes from; the members are named as in Python's format strings. */
export interface CallSite {
  readonly funcName: string;
  readonly pathname: string;
  readonly lineno: number;
}

/** The sources of the loggers, whose frames are left out. */
const loggers = new URL('../../src/logging/', import.meta.url).href;

/** Where an installed package has its files, each of which is made of many sources. */
const bundles = new URL('../../dist/', import.meta.url).href;

const frame = /^ {4}at (?:async )?(?:(?:new )?(.+?) \()?(file:\/\/[^)]+|\/[^)]+):(\d+):(\d+)\)?$/;

/** A file's URL, and a line in it. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * Makes the function that tells who called the logger. In an installed package that is a place in the sources, as
 * the source map beside the file has it, which is read once. It takes some microseconds, so it is asked for at DEBUG
 * only.
 *
 * @param read Reads the source map of a file, by its URL; another one in tests only.
 */
export function callSiteFinder(read: (url: string) => string = readMap) {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string) => {
    if (!maps.has(url)) maps.set(url, parsedMap(url, read));
    return maps.get(url);
  };
  return (stack: string = new Error('stack').stack ?? ''): CallSite | undefined => {
    for (const line of stack.split('\n')) {
      const [, name, place, number, column] = frame.exec(line) ?? [];
      if (place === undefined) continue;
      const compiled = { file: place, line: Number(number) };
      const { file, line: lineno } = place.startsWith(bundles)
        ? sourceOf(compiled, Number(column), mapOf(place))
        : compiled;
      if (file.startsWith(loggers) && !file.includes('.test.')) continue;
      const pathname = file.startsWith('file:') ? fileURLToPath(file) : file;
      return { funcName: name?.split(/[ .]/).at(-1) ?? '<module>', pathname, lineno };
    }
    return undefined;
  };
}

function readMap(url: string): string {
  return readFileSync(new URL(`${url}.map`), 'utf8');
}

/** A package without its source maps still has its log. */
function parsedMap(url: string, read: (url: string) => string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(read(url)) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

function sourceOf(compiled: Place, column: number, map: SourceMap | undefined): Place {
  const entry = map?.findEntry(compiled.line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return compiled;
  return { file: new URL(entry.originalSource, compiled.file).href, line: entry.originalLine + 1 };
}
