import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds; whoever waits for the service to be up has asked by then. */
const pause = 2000;

/** What V8 calls `gc` when it is asked to show it. */
type Collect = (how: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

/**
 * Gives back, some seconds after the start, what only the start needed: V8's space for new objects has grown to
 * 16 MB by then, and shrinks at such a collection only. It takes some 20 ms, once. Under load the space grows again
 * as it needs to.
 *
 * @param collect Another one in tests only.
 */
export function releaseStartMemory(collect: () => void = collectAll, delay = pause): void {
  setTimeout(collect, delay).unref();
}

function collectAll(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
}
