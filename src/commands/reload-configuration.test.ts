// Shows these lines of docs/compatibility.md: reload-faulty-file.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from '../config/load-configuration.ts';
import { loggingOptions } from '../config/logging-options.ts';
import { integer, optionGroup } from '../config/option.ts';
import { reloadableConfiguration } from '../config/reloadable-configuration.ts';
import { loggerOver } from '../logging/logger.ts';
import type { OpenLogger } from '../logging/open-logger.ts';
import { type Reload, reloadConfiguration } from './reload-configuration.ts';

const general = optionGroup('DEFAULT', { timeout: integer({ default: 5, help: '' }) });
const load = (lines: string) =>
  loadConfiguration([loggingOptions, general], { files: [{ path: '/x', text: `[DEFAULT]\n${lines}` }] });

/** Reloads from what `before` says to what `after` says. */
async function reload(before: string, after: string, changes: Partial<Reload> = {}) {
  const told: string[] = [];
  const current = reloadableConfiguration(load(before));
  const opened = { name: 'a new log' } as unknown as OpenLogger;
  await reloadConfiguration({
    current,
    log: {
      logger: loggerOver((level, message) => void told.push(`${level}: ${message}`)),
      setLevel: (level) => void told.push(`level ${level}`),
      switchTo: async (next) => void told.push(next === opened ? 'switched' : 'switched to another one'),
    },
    read: () => load(after),
    openLog: () => opened,
    ...changes,
  });
  return { told, options: current.configuration.get(loggingOptions) };
}

describe('a reload of the configuration', () => {
  it('sets the level of the log, and tells what changed and what did not', async () => {
    const { told, options } = await reload('', 'debug = true\ntimeout = 6');

    assert.deepEqual(told, [
      'info: Option DEFAULT.debug changed from [False] to [True]',
      'warning: Ignoring change to immutable option DEFAULT.timeout',
      'level debug',
    ]);
    assert.equal(options.debug, true);
  });

  it('changes nothing when a value is bad', async () => {
    const { told, options } = await reload('', 'debug = true\ntimeout = soon');

    assert.equal(told.length, 1);
    assert.match(
      told[0] ?? '',
      /^error: The configuration cannot be read again and stays as it was: .*timeout.*got 'soon'/,
    );
    assert.equal(options.debug, false);
  });

  it('opens the log anew when a file configures it, did so, or may have changed', async () => {
    const begins = await reload('', 'log_config_append = /l');
    const ends = await reload('log_config_append = /l', '');
    const same = await reload('log_config_append = /l', 'log_config_append = /l');

    assert.deepEqual(
      [begins, ends, same].map(({ told }) => told.at(-1)),
      ['switched', 'switched', 'switched'],
    );
  });

  it('keeps the log when that file cannot be used', async () => {
    const openLog = () => {
      throw new Error('no such file');
    };

    const { told } = await reload('', 'log_config_append = /l', { openLog });

    assert.equal(told.at(-1), 'error: The log stays as it was: no such file');
  });
});
