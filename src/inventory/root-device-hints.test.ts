// Shows these lines of docs/compatibility.md: hint-size-or, hint-operator-alone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { disk } from '../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { pythonStr } from '../json/python-repr.ts';
import { silentLogger } from '../logging/logger.ts';
import { matchingDisks } from './root-device-hints.ts';

const gib = 2 ** 30;
const sda = disk({ name: '/dev/sda', size: 100 * gib, model: 'ACME Disk' });
const sdb = disk({
  name: '/dev/sdb',
  size: 500 * gib,
  model: 'Big Spinner',
  rotational: true,
  vendor: 'Other',
  hctl: '1:0:0:0',
  wwn: null,
  wwn_with_extension: '0x5000c500a0b1ext',
  wwn_vendor_extension: 'EXT',
  serial: '42',
});

function found(hints: JsonValue, disks: readonly JsonObject[] = [sda, sdb]): string[] {
  return [...matchingDisks(disks, hints, silentLogger())].map(({ name }) =>
    pythonStr(name ?? null).slice(-3),
  );
}

function failure(hints: JsonValue, disks: readonly JsonObject[] = [sda, sdb]): string {
  try {
    return `no failure but ${found(hints, disks).join()}`;
  } catch (error) {
    assert.ok(error instanceof InspectorError, String(error));
    return error.message;
  }
}

function table(rows: [JsonValue, string[]][]): void {
  for (const [hints, expected] of rows) {
    it(`finds ${expected.join(' and ') || 'nothing'} by ${JSON.stringify(hints)}`, () => {
      assert.deepEqual(found(hints), expected);
    });
  }
}

describe('matchingDisks by size in GiB', () => {
  table([
    [{ size: 500 }, ['sdb']],
    [{ size: '500' }, ['sdb']],
    [{ size: ' 5_00 ' }, ['sdb']],
    [{ size: '499' }, []],
    [{ size: '== 500' }, ['sdb']],
    [{ size: '==500' }, ['sdb']],
    [{ size: '= 200' }, ['sdb']],
    [{ size: '= 500' }, ['sdb']],
    [{ size: '!= 100' }, ['sdb']],
    [{ size: '>= 100' }, ['sda', 'sdb']],
    [{ size: '>=200' }, ['sdb']],
    [{ size: '> 100' }, ['sdb']],
    [{ size: '<= 100' }, ['sda']],
    [{ size: '< 500' }, ['sda']],
    [{ size: '<or> 1 <or> 500' }, ['sdb']],
    [{ size: '<or> 100 <or> 500' }, ['sda', 'sdb']],
    [{ size: '<or> 1' }, []],
    [{ size: 's== 500' }, []],
    [{ size: 's!= 500' }, ['sda', 'sdb']],
  ]);

  it('compares exactly: a disk of a fraction more is another one', () => {
    const odd = disk({ name: '/dev/sdc', size: 500 * gib + 512 });

    assert.deepEqual(found({ size: 500 }, [odd]), []);
    assert.deepEqual(found({ size: '> 500' }, [odd]), ['sdc']);
  });

  it('fails with operators that are for text', () => {
    assert.equal(failure({ size: '<in> 500' }), "argument of type 'float' is not iterable");
    for (const sign of ['<', '<=', '>', '>=']) {
      assert.equal(
        failure({ size: `s${sign} 500` }),
        `'${sign}' not supported between instances of 'float' and 'str'`,
      );
    }
    assert.match(failure({ size: '<all-in> 500' }), /^the operator <all-in> needs a list/);
  });

  it('fails on a disk without a size that it comes across, even if a later one would do', () => {
    for (const size of [undefined, null, '5']) {
      const { size: _size, ...rest } = sda;
      const sizeless = size === undefined ? rest : { ...rest, size };

      assert.match(
        failure({ size: 500 }, [sizeless, sdb]),
        /^Expected the size of the disk "\/dev\/sda" in bytes, got /,
      );
    }
    const [first] = matchingDisks([sdb, { name: 'x' }], { size: 500 }, silentLogger());
    assert.equal(first, sdb);
  });
});

describe('matchingDisks by text', () => {
  table([
    [{ model: 'Big Spinner' }, ['sdb']],
    [{ model: ' big SPINNER ' }, ['sdb']],
    [{ model: 'big  spinner' }, []],
    [{ model: 'big' }, []],
    [{ model: 's== Big Spinner' }, ['sdb']],
    [{ model: 's==Big Spinner' }, ['sdb']],
    [{ model: 's!= Big Spinner' }, ['sda']],
    [{ model: 's< b' }, ['sda']],
    [{ model: 's<= big spinner' }, ['sda', 'sdb']],
    [{ model: 's> b' }, ['sdb']],
    [{ model: 's>= big spinner' }, ['sdb']],
    [{ model: '<in> spinner' }, ['sdb']],
    [{ model: '<in> ig sp' }, ['sdb']],
    [{ model: '<in> acme <in> spinner' }, ['sda']],
    [{ model: '<or> none <or> Big Spinner' }, ['sdb']],
    [{ model: '<or> acme disk <or> big spinner' }, ['sda', 'sdb']],
    [{ model: '<or> x' }, []],
    [{ serial: '42' }, ['sdb']],
    [{ name: '/dev/sdb' }, ['sdb']],
    [{ name: '<in> sdb' }, ['sdb']],
    [{ name: 's== /dev/sdz' }, []],
    [{ vendor: 'OTHER' }, ['sdb']],
    [{ hctl: '1:0:0:0' }, ['sdb']],
    [{ by_path: '/dev/disk/by-path/pci-0000:00:17.0-sdb' }, ['sdb']],
    [{ wwn_with_extension: '0x5000C500A0B1EXT' }, ['sdb']],
    [{ wwn_vendor_extension: 'ext' }, ['sdb']],
    [{ rotational: true, name: '/dev/sda' }, []],
    [{ rotational: false, name: '/dev/sda' }, ['sda']],
  ]);

  it('compares as numbers where the operator is for numbers', () => {
    const numbered = disk({ name: '/dev/sdc', serial: '7', model: '1.5e1' });

    assert.deepEqual(found({ serial: '>= 5' }, [numbered]), ['sdc']);
    assert.deepEqual(found({ serial: '== 7.0' }, [numbered]), ['sdc']);
    assert.deepEqual(found({ model: '< 15.5' }, [numbered]), ['sdc']);
    assert.deepEqual(found({ serial: '< inf' }, [numbered]), ['sdc']);
    assert.deepEqual(found({ serial: '> -infinity' }, [numbered]), ['sdc']);
    assert.deepEqual(found({ serial: '!= nan' }, [numbered]), ['sdc']);
    assert.equal(failure({ model: '>= 5' }), "could not convert string to float: 'acme%20disk'");
    assert.equal(failure({ serial: '>= five' }, [numbered]), "could not convert string to float: 'five'");
  });

  it('keeps the signs that mean something in a URL', () => {
    const odd = disk({ name: '/dev/sdc', model: "A+B (rev. 1)! 'x' 50%/ü*" });

    assert.deepEqual(found({ model: "a+b (rev. 1)! 'x' 50%/Ü*" }, [odd]), ['sdc']);
    assert.deepEqual(found({ model: '<in> (rev. 1)' }, [odd]), ['sdc']);
    assert.equal(
      failure({ model: '== 1' }, [odd]),
      "could not convert string to float: 'a%2Bb%20%28rev.%201%29%21%20%27x%27%2050%25/%C3%BC%2A'",
    );
  });

  it('takes null for unequal to everything (hint-null-attribute)', () => {
    assert.deepEqual(found({ wwn: 'none' }, [sdb]), []);
    assert.deepEqual(found({ wwn: '<or> none <or> null' }, [sdb]), []);
    assert.deepEqual(found({ wwn: '<in> n' }, [sdb]), []);
    assert.deepEqual(found({ wwn: '>= 5' }, [sdb]), []);
    assert.deepEqual(found({ wwn: 's!= 0x1' }, [sdb]), ['sdb']);
    assert.deepEqual(found({ wwn: '!= 1' }, [sdb]), ['sdb']);
    assert.deepEqual(found({ wwn: 'none' }, [{ name: '/dev/sdc' }]), []);
  });

  it('skips a disk whose attribute is blank, with a warning', () => {
    const log = recordingLogger();
    const blank = disk({ name: '/dev/sdc', serial: ' ' });

    const matches = [...matchingDisks([blank, sdb], { serial: '42' }, log)];

    assert.deepEqual(matches, [sdb]);
    assert.deepEqual(log.at('warning'), [
      'The attribute "serial" of the disk "/dev/sdc" is empty, skipping the disk',
    ]);
  });

  it('reads an attribute that looks like a hint as the text that it is', () => {
    assert.deepEqual(found({ model: '<in> foo' }, [disk({ name: 'sdc', model: '== foo' })]), ['sdc']);
    assert.deepEqual(found({ model: '<in> x' }, [disk({ name: 'sdc', model: '<or>' })]), []);
    assert.deepEqual(found({ model: '<in> %3D' }, [disk({ name: 'sdc', model: '==' })]), []);
  });

  it('refuses <all-in> (hint-all-in)', () => {
    assert.match(failure({ model: '<all-in> big spin' }), /^the operator <all-in> needs a list/);
  });
});

describe('matchingDisks by rotational', () => {
  it('reads all words for true and false, of hint and disk', () => {
    for (const yes of [true, 1, '1', 't', 'True', 'ON', 'y', ' yes '])
      assert.deepEqual(found({ rotational: yes }), ['sdb']);
    for (const no of [false, 0, '0', 'f', 'False', 'OFF', 'n', 'no'])
      assert.deepEqual(found({ rotational: no }), ['sda']);
    assert.deepEqual(found({ rotational: true }, [disk({ name: 'sdc', rotational: 'Yes' })]), ['sdc']);
  });

  it('skips a disk that does not tell, with a warning', () => {
    for (const rotational of [null, 'maybe', 2]) {
      const log = recordingLogger();

      const matches = [
        ...matchingDisks([disk({ name: '/dev/sdc', rotational })], { rotational: false }, log),
      ];

      assert.deepEqual(matches, []);
      assert.match(
        log.at('warning').join(),
        /^The attribute "rotational" of the disk "\/dev\/sdc" is no boolean but /,
      );
    }
  });
});

describe('matchingDisks with hints that make no sense', () => {
  const valid =
    'size, model, wwn, serial, vendor, wwn_with_extension, wwn_vendor_extension, name, rotational, hctl, by_path';
  const cases: [JsonValue, string][] = [
    [{ colour: 'red', a: 1 }, `The hints "colour, a" are invalid. Valid hints are: "${valid}"`],
    [{ constructor: 'x' }, `The hints "constructor" are invalid. Valid hints are: "${valid}"`],
    [{ model: null }, 'Root device hint "model" is not a string value. Hint expression: None'],
    [{ model: 5 }, 'Root device hint "model" is not a string value. Hint expression: 5'],
    [{ model: ['a'] }, 'Root device hint "model" is not a string value. Hint expression: [\'a\']'],
    [{ model: ' ' }, 'Root device hint "model" expression is empty'],
    [{ size: '' }, 'Root device hint "size" expression is empty'],
    [{ size: 'Big' }, 'Root device hint "size" is not an integer value. Current value: Big'],
    [{ size: '>= x' }, 'Root device hint "size" is not an integer value. Current value: >= x'],
    [
      { size: '<or> 1 <or> x' },
      'Root device hint "size" is not an integer value. Current value: <or> 1 <or> x',
    ],
    [{ size: 5.5 }, 'Root device hint "size" is not an integer value. Current value: 5.5'],
    [{ size: null }, 'Root device hint "size" is not an integer value. Current value: None'],
    [{ size: true }, 'Root device hint "size" is not an integer value. Current value: True'],
    [{ size: 0 }, 'Root device hint "size" should be a positive integer. Current value: 0'],
    [{ size: '> -5' }, 'Root device hint "size" should be a positive integer. Current value: > -5'],
    [{ rotational: 'maybe' }, 'Root device hint "rotational" is not a Boolean value. Current value: maybe'],
    [{ rotational: null }, 'Root device hint "rotational" is not a Boolean value. Current value: None'],
    [{ model: '==' }, 'Root device hint "model" has an operator without a value. Hint expression: =='],
    [
      { model: 's== s==' },
      'Root device hint "model" has an operator without a value. Hint expression: s== s==',
    ],
    [{ size: '<in>' }, 'Root device hint "size" has an operator without a value. Hint expression: <in>'],
    [{}, 'Expected an object of root device hints, got an empty object'],
    ['sda', 'Expected an object of root device hints, got text'],
    [null, 'Expected an object of root device hints, got null'],
    [['x'], 'Expected an object of root device hints, got a list'],
  ];

  for (const [hints, message] of cases) {
    it(`fails for ${JSON.stringify(hints)}`, () => {
      assert.equal(failure(hints), message);
      assert.equal(failure(hints, []), message);
    });
  }

  it('never fails otherwise, whatever hint and disk', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('<or>', '<in>', '<all-in>', '==', 's<', '=', ' ', 'a', '5', '\ud800'))
        .map((parts) => parts.join('')),
    );
    const value = fc.oneof(text, fc.jsonValue() as fc.Arbitrary<JsonValue>);
    const names = fc.constantFrom('size', 'model', 'rotational', 'x');
    const object = fc.dictionary(names, value) as fc.Arbitrary<JsonObject>;

    fc.assert(
      fc.property(object, object, (hints, attributes) => {
        assert.equal(typeof failure(hints, [attributes]), 'string');
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no longer than the text is long', () => {
    const long = `== ${'1'.repeat(1_000_000)}x`;

    assert.match(failure({ serial: long }), /^could not convert string to float: /);
    assert.deepEqual(found({ model: '== 1' }, [disk({ name: 'x', model: '1'.repeat(1_000_000) })]), []);
  });
});
