import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConfigurationSources } from './configuration-sources.ts';
import { loadConfiguration } from './load-configuration.ts';
import { bool, choice, integer, list, map, multi, optionGroup, text } from './option.ts';

const help = '';

const general = optionGroup('DEFAULT', {
  debug: bool({ default: false, help }),
  host: text({ default: 'here', help }),
  timeout: integer({ default: 3600, max: 9999, help }),
  unset: text({ default: null, help }),
  fields: list({ default: ['a', '$host'], help }),
});
const http = optionGroup('DEFAULT', { listen_port: integer({ default: 5050, help }) });
const processing = optionGroup('processing', {
  default_processing_hooks: text({ default: 'one,two', help }),
  processing_hooks: text({ default: '$default_processing_hooks', help }),
  add_ports: choice(['all', 'pxe'], { default: 'pxe', help }),
  host: text({ default: 'own', help }),
});
const pci = optionGroup('pci_devices', {
  alias: multi({ default: [], deprecatedNames: [{ group: 'old_pci', name: 'aliases' }], help }),
  names: map({ default: { $host: '$host' }, help }),
});
const database = optionGroup('database', {
  connection: text({
    default: 'sqlite://',
    secret: true,
    deprecatedNames: [{ name: 'url' }, { group: 'DEFAULT', name: 'sql' }],
    help,
  }),
  ca: text({ default: '/ca', help }),
});
const groups = [general, http, processing, pci, database];

/** Files `/1`, `/2`, ... of these texts. */
const files = (...texts: string[]) => texts.map((one, index) => ({ path: `/${index + 1}`, text: one }));
const load = (sources: ConfigurationSources) => loadConfiguration(groups, sources);
describe('values', () => {
  it('are the defaults where nothing is set', () => {
    const loaded = loadConfiguration(groups);

    assert.deepEqual(loaded.get(general), {
      debug: false,
      host: 'here',
      timeout: 3600,
      unset: null,
      fields: ['a', 'here'],
    });
    assert.deepEqual(loaded.get(http), { listen_port: 5050 });
    assert.deepEqual(loaded.get(pci).names, { here: 'here' });
    assert.deepEqual(loaded.warnings, []);
  });

  it('come from the last file, and there from the last line', () => {
    const loaded = load({
      files: files(
        '[DEFAULT]\ntimeout = 1\nhost = a\n',
        '[DEFAULT]\ntimeout = 2\ntimeout = 3\n[PROCESSING]\nadd_ports = all',
      ),
    });

    assert.equal(loaded.get(general).timeout, 3);
    assert.equal(loaded.get(general).host, 'a');
    assert.equal(loaded.get(processing).add_ports, 'all');
  });

  it('accumulate over files where the option is multi-valued', () => {
    const loaded = load({
      files: files('[pci_devices]\nalias = 1\n[old_pci]\naliases = 0', '[pci_devices]\nalias = 2\nalias = 3'),
    });

    assert.deepEqual(loaded.get(pci).alias, ['0', '1', '2', '3']);
  });

  it('come from the environment before the files, and from the command line before all', () => {
    const sources: ConfigurationSources = {
      files: files('[DEFAULT]\ndebug = no\nhost = file\ntimeout = 1\n[processing]\nhost = file'),
      environment: {
        OS_DEFAULT__HOST: 'env',
        OS_DEFAULT__TIMEOUT: '2',
        OS_PROCESSING__HOST: 'env',
        OS_DEFAULT__DEBUG: undefined,
      },
      commandLine: [
        { name: 'timeout', value: '3', argument: '--timeout' },
        { name: 'timeout', value: '4', argument: '--timeout' },
        { section: 'processing', name: 'host', value: 'cli', argument: '--host' },
      ],
    };

    const loaded = load(sources);

    assert.equal(loaded.get(general).debug, false);
    assert.equal(loaded.get(general).host, 'env');
    assert.equal(loaded.get(general).timeout, 4);
    assert.equal(loaded.get(processing).host, 'cli');
  });

  it('are found under old names; the new name wins within a file, the later file over both', () => {
    const inOne = load({ files: files('[database]\nurl = old\nconnection = new\n[DEFAULT]\nsql = oldest') });
    const inTwo = load({ files: files('[database]\nconnection = new', '[DEFAULT]\nsql = oldest') });

    assert.equal(inOne.get(database).connection, 'new');
    assert.equal(inTwo.get(database).connection, 'oldest');
  });

  it('are given for the groups that were loaded, and cannot be changed', () => {
    const loaded = loadConfiguration([general]);

    assert.throws(() => loaded.get(processing), /the options of \[processing\] were not loaded/);
    assert.equal(Object.isFrozen(loaded.get(general)), true);
  });

  it('belong to one group each', () => {
    const again = optionGroup('DEFAULT', { debug: bool({ default: true, help }) });

    assert.throws(() => loadConfiguration([general, again]), /\[DEFAULT\]debug is declared twice/);
  });
});

describe('the dump', () => {
  const loaded = load({
    files: files('[DEFAULT]\ndebug = on\n[database]\nconnection = mysql://u:pw@h\nca = http://u:pw@h/'),
    commandLine: [{ name: 'timeout', value: '5', argument: '--timeout' }],
  });

  it('lists every option with its value, [DEFAULT] first, secrets masked', () => {
    assert.deepEqual(loaded.dump(), [
      '*'.repeat(80),
      'Configuration options gathered from:',
      "command line args: ['--timeout']",
      "config files: ['/1']",
      '='.repeat(80),
      'debug                          = True',
      "fields                         = ['a', 'here']",
      'host                           = here',
      'listen_port                    = 5050',
      'timeout                        = 5',
      'unset                          = None',
      'database.ca                    = http://u:***@h/',
      'database.connection            = ****',
      'pci_devices.alias              = []',
      "pci_devices.names              = {'here': 'here'}",
      'processing.add_ports           = pxe',
      'processing.default_processing_hooks = one,two',
      'processing.host                = own',
      'processing.processing_hooks    = one,two',
      '*'.repeat(80),
    ]);
  });

  it('masks what refers to a secret, and names that look secret', () => {
    const group = optionGroup('x', {
      url: text({ default: 'amqp://$code', help }),
      code: text({ default: 'abc', secret: true, help }),
      ipmi_password: text({ default: 'abc', help }),
    });

    const lines = loadConfiguration([group])
      .dump()
      .filter((line) => line.startsWith('x.'));

    assert.equal(lines.length, 3);
    assert.ok(lines.every((line) => line.endsWith('= ****')));
  });
});
