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
const processing = optionGroup('processing', {
  default_processing_hooks: text({ default: 'one,two', help }),
  processing_hooks: text({ default: '$default_processing_hooks', help }),
  add_ports: choice(['all', 'pxe'], { default: 'pxe', help }),
  host: text({ default: 'own', help }),
});
const pci = optionGroup('pci_devices', {
  alias: multi({ default: [], help }),
  names: map({ default: { $host: '$host' }, help }),
});
const database = optionGroup('database', {
  connection: text({ default: 'sqlite://', secret: true, deprecatedNames: [{ name: 'url' }], help }),
  ca: text({ default: '/ca', help }),
});
const groups = [general, processing, pci, database];

/** Files `/1`, `/2`, ... of these texts. */
const files = (...texts: string[]) => texts.map((one, index) => ({ path: `/${index + 1}`, text: one }));
const load = (sources: ConfigurationSources) => loadConfiguration(groups, sources);
const problemsOf = (sources: ConfigurationSources): string[] => {
  try {
    load(sources);
  } catch (error) {
    assert.equal((error as { kind?: string }).kind, 'invalid');
    return (error as Error).message.split('\n');
  }
  throw new Error('expected a refusal');
};

describe('references', () => {
  const hooks = (sources: ConfigurationSources) => load(sources).get(processing).processing_hooks;
  const set = (value: string, rest = '') => ({
    files: files(`[processing]\nprocessing_hooks = ${value}\n${rest}`),
  });

  it('are looked up in the own section, then in the default section', () => {
    assert.equal(hooks(set('$default_processing_hooks,x')), 'one,two,x');
    assert.equal(hooks(set('$host')), 'own');
    assert.equal(hooks(set('${timeout}s')), '3600s');
  });

  it('can name a section', () => {
    assert.equal(hooks(set('$database.ca/x')), '/ca/x');
    assert.equal(hooks(set('${database.ca}x')), '/cax');
  });

  it('follow the referenced option through its own references and sources', () => {
    const sources = {
      ...set('[$default_processing_hooks]'),
      environment: { OS_PROCESSING__DEFAULT_PROCESSING_HOOKS: '$timeout' },
    };

    assert.equal(hooks(sources), '[3600]');
  });

  it('insert nothing for an unset option, and lists, maps and booleans in the notation of the file (docs/compatibility.md, reference-notation)', () => {
    assert.equal(hooks(set('[$unset][$fields][$debug][$pci_devices.names]')), '[][a,here][False][here:here]');
  });

  it('can use an old name', () => {
    assert.equal(hooks(set('$database.url')), 'sqlite://');
  });

  it('can name an option of the original that this version lacks, where it is set (docs/compatibility.md, reference-to-missing-option)', () => {
    const sources = set('$rootwrap_config', '[DEFAULT]\nrootwrap_config = /etc/$host\n');

    assert.equal(hooks(sources), '/etc/here');
    assert.match(
      problemsOf(set('$rootwrap_config'))[0] ?? '',
      /it refers to \$rootwrap_config, which is no option/,
    );
  });

  it('are resolved before a list is split', () => {
    const loaded = load({ files: files('[DEFAULT]\nfields = $host,x\nhost = a,b') });

    assert.deepEqual(loaded.get(general).fields, ['a', 'b', 'x']);
  });

  it('must exist', () => {
    const start = 'Value for option processing_hooks from /1:2 [processing] is not valid: it refers to ';
    const end = '; write $$ for a dollar that is meant literally';

    assert.deepEqual(problemsOf(set('$default_processing_hook')), [
      `${start}$default_processing_hook, which is no option of [processing] or [DEFAULT] (did you mean $default_processing_hooks?)${end}`,
    ]);
    assert.deepEqual(problemsOf(set('$nowhere.name')), [`${start}$nowhere.name, which is no option${end}`]);
    assert.deepEqual(problemsOf(set('$DEFAULT.host')), [
      `${start}$DEFAULT.host: leave out the section, $host`,
    ]);
  });

  it('must not run in a circle, of declared options or of others', () => {
    assert.deepEqual(
      problemsOf(set('$default_processing_hooks', 'default_processing_hooks = $processing_hooks')),
      [
        'Value for option processing_hooks from /1:2 [processing] is not valid: it refers to itself: ' +
          '[processing]default_processing_hooks -> [processing]processing_hooks -> [processing]default_processing_hooks',
      ],
    );
    assert.match(
      problemsOf(set('$rootwrap_config', '[DEFAULT]\nrootwrap_config = $rootwrap_config\n'))[0] ?? '',
      /Value for option rootwrap_config from \/1:4 \[DEFAULT\] is not valid: it refers to itself/,
    );
  });

  it('do not give away a password that holds a dollar', () => {
    assert.deepEqual(problemsOf({ files: files('[database]\nconnection = mysql://u:pa$word@h') }), [
      'Value for option connection from /1:2 [database] is not valid: ' +
        'it refers to an option that does not exist; write $$ for a dollar that is meant literally',
    ]);
  });
});

describe('bad values', () => {
  it('are named with file, line, section, option, value and what is allowed', () => {
    assert.deepEqual(problemsOf({ files: files('\n[DEFAULT]\ntimeout = 5 ; note') }), [
      "Value for option timeout from /1:3 [DEFAULT] is not valid: expected a whole number, got '5 ; note'",
    ]);
  });

  it('are named with the variable or the argument that they come from', () => {
    const problems = problemsOf({
      environment: { OS_DEFAULT__DEBUG: 'maybe' },
      commandLine: [{ name: 'timeout', value: '10000', argument: '--timeout' }],
    });

    assert.deepEqual(problems, [
      "Value for option debug from the environment (OS_DEFAULT__DEBUG) is not valid: expected one of true, 1, on, yes, false, 0, off, no, got 'maybe'",
      "Value for option timeout from the command line (--timeout) is not valid: expected at most 9999, got '10000'",
    ]);
  });

  it('are all told at once, each in one line (docs/compatibility.md, bad-values-at-once)', () => {
    const problems = problemsOf({
      files: files('[DEFAULT]\ntimeout = a\n  b\n[processing]\nadd_ports = some'),
    });

    assert.deepEqual(problems, [
      "Value for option timeout from /1:2 [DEFAULT] is not valid: expected a whole number, got 'a\\nb'",
      "Value for option add_ports from /1:5 [processing] is not valid: expected one of all, pxe, got 'some'",
    ]);
  });

  it('are told at each bad line of a multi-valued option', () => {
    const problems = problemsOf({ files: files('[pci_devices]\nalias = $a\nalias = fine\nalias = $b') });

    assert.deepEqual(
      problems.map((problem) => problem.replace(/ is not valid.*/, '')),
      ['Value for option alias from /1:2 [pci_devices]', 'Value for option alias from /1:4 [pci_devices]'],
    );
  });

  it('are told once, and not again at options that refer to them', () => {
    const problems = problemsOf({ files: files('[DEFAULT]\ntimeout = a\nhost = $timeout') });

    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /option timeout/);
  });

  it('are told of a default that refers to nothing', () => {
    const group = optionGroup('x', { a: text({ default: '$nothing', help }) });

    assert.throws(
      () => loadConfiguration([group]),
      /option a from its default in \[x\] is not valid: it refers to \$nothing/,
    );
  });

  it('are masked where the option is secret, holds a secret, or looks like a URL with a password', () => {
    const group = optionGroup('x', {
      pin: integer({ default: 1, secret: true, help }),
      code: text({ default: '12345abc', secret: true, help }),
      level: integer({ default: 1, help }),
      size: integer({ default: 1, help }),
    });
    const text_ = '[x]\npin = 98a\nlevel = $code\nsize = http://u:pw@h/';

    assert.throws(
      () => loadConfiguration([group], { files: files(text_) }),
      (error: Error) => {
        assert.deepEqual(
          error.message.split('\n').map((line) => line.replace(/.* is not valid: /, '')),
          [
            'expected a whole number, got ****',
            'expected a whole number, got ****',
            "expected a whole number, got 'http://u:***@h/'",
          ],
        );
        return true;
      },
    );
  });

  it('come after faults of the form of the files', () => {
    const problems = problemsOf({ files: files('nonsense', '[DEFAULT]\ntimeout = a', '[x') });

    assert.equal(problems.length, 2);
    assert.ok(problems.every((problem) => problem.startsWith('Failed to parse /')));
  });

  it('are counted where they are very many', () => {
    const problems = problemsOf({ files: files('x\n'.repeat(60)) });

    assert.equal(problems.length, 51);
    assert.equal(problems.at(-1), '... and 10 more');
  });
});
