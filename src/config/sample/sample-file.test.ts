// Shows these lines of docs/compatibility.md: removal-not-warned.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acceptedGroup } from '../accepted/accepted-group.ts';
import { bool, choice, float, integer, list, map, multi, octal, optionGroup, text } from '../option.ts';
import { defaultTexts } from './option-text.ts';
import { sampleData } from './sample-data.ts';
import { sampleFile } from './sample-file.ts';

const groups = [
  optionGroup('swift', { container: text({ default: 'x', help: 'A container.' }) }),
  optionGroup('DEFAULT', {
    debug: bool({ default: false, mutable: true, help: 'Whether to say much.' }),
    host: text({ default: 'machine-17', sampleDefault: 'localhost', help: 'A name.' }),
  }),
  optionGroup('DEFAULT', {
    size: integer({
      default: 5,
      min: 1,
      max: 9,
      deprecatedNames: [{ name: 'length' }, { group: 'OLD', name: 'size' }],
      help: 'How large, told in so many words that the comment does not fit into one line.',
    }),
  }),
  acceptedGroup('cors', {
    mode: choice(['a', ''], { default: 'a', deprecatedForRemoval: 'Nobody needs it.', help: 'How.' }),
  }),
];

describe('the sample file', () => {
  it('has [DEFAULT] first and all that there is to say of an option', () => {
    assert.deepEqual(sampleFile(groups).split('\n'), [
      '[DEFAULT]',
      '',
      '# Whether to say much. (boolean value)',
      '# Note: This option can be changed without restarting.',
      '#debug = false',
      '',
      '# A name. (string value)',
      '# The default depends on the machine or on other options. An example:',
      '#host = localhost',
      '',
      '# How large, told in so many words that the comment does not fit into',
      '# one line. (integer value)',
      '# Minimum value: 1',
      '# Maximum value: 9',
      '# Deprecated group/name - [DEFAULT]/length',
      '# Deprecated group/name - [OLD]/size',
      '#size = 5',
      '',
      '[cors]',
      '',
      '# DEPRECATED: How. (string value)',
      '# Possible values:',
      '# a',
      "# ''",
      '# This option is deprecated for removal.',
      '# Its value may be silently ignored in the future.',
      '# Reason: Nobody needs it.',
      '# Note: This version accepts the option and does not use it.',
      '#mode = a',
      '',
      '[swift]',
      '',
      '# A container. (string value)',
      '#container = x',
      '',
    ]);
  });

  it('shows defaults as they would stand in the file', () => {
    const help = '';
    const shown = [
      text({ default: null, help }),
      text({ default: ' blank ', help }),
      text({ default: '', help }),
      bool({ default: true, help }),
      float({ default: 1, help }),
      float({ default: 4.5, help }),
      octal({ default: 0o660, help }),
      list({ default: ['a', 'b'], help }),
      map({ default: { a: 'b', c: 'd' }, help }),
      multi({ default: [], help }),
      multi({ default: ['a', 'b'], help }),
    ].map((option) => defaultTexts(option));

    assert.deepEqual(shown, [
      ['<None>'],
      ['" blank "'],
      [''],
      ['true'],
      ['1.0'],
      ['4.5'],
      ['0660'],
      ['a,b'],
      ['a:b,c:d'],
      [''],
      ['a', 'b'],
    ]);
  });
});

describe('the sample for programs', () => {
  it('has the same options as data, and the old names by section', () => {
    const { options, deprecated_options } = sampleData(groups);

    assert.deepEqual(Object.keys(options), ['DEFAULT', 'cors', 'swift']);
    assert.deepEqual(
      options['DEFAULT']?.opts.map(({ name }) => name),
      ['debug', 'host', 'size'],
    );
    assert.equal(options['DEFAULT']?.opts[1]?.default, null);
    assert.deepEqual(options['cors']?.opts, [
      {
        name: 'mode',
        type: 'string value',
        default: 'a',
        help: 'How.',
        choices: ['a', ''],
        min: null,
        max: null,
        mutable: false,
        secret: false,
        sample_default: null,
        deprecated_for_removal: true,
        deprecated_reason: 'Nobody needs it.',
        deprecated_opts: [],
        has_effect: false,
      },
    ]);
    assert.deepEqual(deprecated_options, {
      DEFAULT: [{ name: 'length', replacement_group: 'DEFAULT', replacement_name: 'size' }],
      old: [{ name: 'size', replacement_group: 'DEFAULT', replacement_name: 'size' }],
    });
  });
});
