// Shows these lines of docs/compatibility.md: sighup-at-terminal.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { listenForSignals } from './stop-signals.ts';

function listening(isAtTerminal: boolean) {
  const signals = new EventEmitter();
  const seen: string[] = [];
  const listener = listenForSignals(signals, {
    isAtTerminal,
    reopen: () => seen.push('reopen'),
    repeated: (signal) => seen.push(`again ${signal}`),
  });
  return { signals, seen, ...listener };
}

describe('listenForSignals', () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    it(`stops on ${signal}`, async () => {
      const { signals, stop, seen } = listening(false);

      signals.emit(signal);

      assert.equal(await stop, signal);
      assert.deepEqual(seen, []);
    });
  }

  it('stops once, and tells of each further signal', async () => {
    const { signals, stop, seen } = listening(false);

    signals.emit('SIGINT');
    signals.emit('SIGTERM');
    signals.emit('SIGINT');

    assert.equal(await stop, 'SIGINT');
    assert.deepEqual(seen, ['again SIGTERM', 'again SIGINT']);
  });

  it('takes SIGHUP for a log file that was moved, where there is no terminal', () => {
    const { signals, seen } = listening(false);

    signals.emit('SIGHUP');
    signals.emit('SIGHUP');

    assert.deepEqual(seen, ['reopen', 'reopen']);
  });

  it('takes SIGHUP for the end of the terminal, where there is one', async () => {
    const { signals, stop, seen } = listening(true);

    signals.emit('SIGHUP');

    assert.equal(await stop, 'SIGHUP');
    assert.deepEqual(seen, []);
  });

  it('leaves signals alone at the end', () => {
    const { signals, end } = listening(false);

    end();

    assert.deepEqual(signals.eventNames(), []);
  });
});
