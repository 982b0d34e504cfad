import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from './load-configuration.ts';
import { bool, integer, list, optionGroup, text } from './option.ts';
import { reloadableConfiguration } from './reloadable-configuration.ts';

const help = '';
const general = optionGroup('DEFAULT', {
  debug: bool({ default: false, mutable: true, help }),
  token: text({ default: 'a', mutable: true, secret: true, help }),
  timeout: integer({ default: 5, help }),
  fields: list({ default: ['a'], help }),
});
const other = optionGroup('x', { debug: bool({ default: false, help }) });
const load = (lines: string) =>
  loadConfiguration([general, other], { files: [{ path: '/x', text: `[DEFAULT]\n${lines}` }] });

describe('a configuration that is read again', () => {
  it('takes over options that may change, and says of the others that they stay', () => {
    const reloadable = reloadableConfiguration(load('timeout = 1'));

    const changes = reloadable.take(load('debug = true\ntimeout = 2\nfields = a\n[x]\ndebug = true'));

    assert.deepEqual(changes, {
      taken: ['Option DEFAULT.debug changed from [False] to [True]'],
      ignored: [
        'Ignoring change to immutable option DEFAULT.timeout',
        'Ignoring change to immutable option x.debug',
      ],
    });
    assert.equal(reloadable.configuration.get(general).debug, true);
    assert.equal(reloadable.configuration.get(general).timeout, 1);
    assert.equal(reloadable.configuration.get(other).debug, false);
    assert.equal(reloadable.configuration.getIn('DEFAULT', general.options).debug, true);
    assert.ok(Object.isFrozen(reloadable.configuration.get(general)));
  });

  it('compares with the values in force', () => {
    const reloadable = reloadableConfiguration(load(''));

    reloadable.take(load('debug = true\ntimeout = 9'));
    const again = reloadable.take(load('debug = true\ntimeout = 9'));
    const back = reloadable.take(load(''));

    assert.deepEqual(again, { taken: [], ignored: ['Ignoring change to immutable option DEFAULT.timeout'] });
    assert.deepEqual(back, { taken: ['Option DEFAULT.debug changed from [True] to [False]'], ignored: [] });
    assert.equal(reloadable.configuration.get(general).debug, false);
  });

  it('does not show secrets, nor options that it did not have before', () => {
    const reloadable = reloadableConfiguration(loadConfiguration([general]));

    const changes = reloadable.take(load('token = b\n[x]\ndebug = true'));

    assert.deepEqual(changes, {
      taken: ['Option DEFAULT.token changed from [****] to [****]'],
      ignored: [],
    });
  });
});
