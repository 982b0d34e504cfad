// Shows these lines of docs/compatibility.md: library-options-checked.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from '../load-configuration.ts';
import { integer, type OptionGroup, optionGroup } from '../option.ts';
import { acceptedGroup, oldNames } from './accepted-group.ts';
import { withAcceptedOptions } from './accepted-options.ts';

const help = '';
const own = optionGroup('iptables', { ip_version: integer({ default: 7, help }) });
const load = (text: string, groups: readonly OptionGroup[] = [own]) =>
  loadConfiguration(withAcceptedOptions(groups), { files: [{ path: '/x', text }] });

describe('options of the original that nothing here goes by', () => {
  it('are declared once each, after those of the parts, which count', () => {
    const more = [acceptedGroup('iptables', { ip_version: integer({ default: 8, help }) })];

    const groups = withAcceptedOptions([own], more);

    const names = groups.flatMap(({ group, options }) =>
      Object.keys(options).map((name) => `${group}.${name}`),
    );
    assert.equal(new Set(names).size, names.length);
    assert.equal(groups[0], own);
    assert.equal(loadConfiguration(groups).get(own).ip_version, 7);
  });

  it('are checked like others', () => {
    assert.throws(() => load('[cache]\nredis_db = -1\n[mdns]\nlookup_attempts = 0'), {
      message:
        "Value for option lookup_attempts from /x:4 [mdns] is not valid: expected at least 1, got '0'\n" +
        "Value for option redis_db from /x:2 [cache] is not valid: expected at least 0, got '-1'",
    });
  });

  it('are warned of where they are set, under their old names too', () => {
    const { warnings } = load('[cache]\nredis_db = 1\n[DEFAULT]\nlock_path = /x');

    assert.deepEqual(warnings, [
      '/x:2: option redis_db of [cache] is accepted and has no effect in this version',
      '/x:4: Option "lock_path" from group "DEFAULT" is deprecated. Use option "lock_path" from group "oslo_concurrency".',
      '/x:4: option lock_path of [oslo_concurrency] is accepted and has no effect in this version',
    ]);
  });

  it('hide their secrets', () => {
    assert.throws(
      () => load('[oslo_messaging_notifications]\ntransport_url = rabbit://u:pa$word@h'),
      (error: Error) => !error.message.includes('pa$'),
    );
    assert.ok(
      load('[oslo_messaging_notifications]\ntransport_url = rabbit://u:pw@h')
        .dump()
        .includes('oslo_messaging_notifications.transport_url = ****'),
    );
  });
});

describe('old names', () => {
  it('are of the same section unless they name another one', () => {
    assert.deepEqual(oldNames('.a', 'DEFAULT.b'), [{ name: 'a' }, { group: 'DEFAULT', name: 'b' }]);
  });
});
