import { readlinkSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

/**
 * The absolute path without symbolic links, also where its end does not exist: a link that leads nowhere is
 * followed as well.
 *
 * @throws Error for a path with more than 40 links, as the system refuses it.
 */
export function resolvePath(path: string): string {
  let links = 0;
  let waiting = resolve(path).split(sep).filter(Boolean);
  let done = '/';
  while (waiting.length > 0) {
    const [next = '', ...rest] = waiting;
    const candidate = resolve(done, next);
    const target = linkTarget(candidate);
    waiting = rest;
    if (target === undefined) {
      done = candidate;
      continue;
    }
    links += 1;
    if (links > 40) throw new Error(`${path} leads through more than 40 symbolic links`);
    waiting = [...resolve(dirname(candidate), target).split(sep).filter(Boolean), ...rest];
    done = '/';
  }
  return done;
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
