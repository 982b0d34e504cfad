// Shows these lines of docs/compatibility.md: ramdisk-logs-file-name.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { checkFileNameFormat, type FileNameValues, logFileName } from './file-name.ts';

const values: FileNameValues = {
  uuid: '5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c01',
  bmc: '192.0.2.10',
  mac: '52:54:00:aa:bb:01',
  dt: new Date('2026-11-22T13:36:05.042Z'),
};

describe('the name of a log file', () => {
  const names: [string, string][] = [
    [
      '{uuid}_{dt:%Y%m%d-%H%M%S.%f}.tar.gz',
      '5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c01_20261122-133605.042000.tar.gz',
    ],
    ['{bmc}-{mac}', '192.0.2.10-525400aabb01'],
    ['{dt}', '2026-11-22 13:36:05.042000'],
    ['{dt:}', '2026-11-22 13:36:05.042000'],
    ['{dt:%d.%m.%y %H:%M}', '22.11.26 13:36'],
    ['{dt:%j %b %%}', '326 Nov %'],
    ['{mac}{mac}', '525400aabb01525400aabb01'],
    ['{{uuid}}', '{uuid}'],
    ['}}{{{bmc}', '}{192.0.2.10'],
    ['logs.tar.gz', 'logs.tar.gz'],
  ];
  for (const [format, name] of names) {
    it(`is ${name} for ${format}`, () => {
      checkFileNameFormat(format);

      assert.equal(logFileName(format, values), name);
    });
  }

  it('says unknown for what is not known', () => {
    const nobody = { ...values, uuid: undefined, bmc: undefined, mac: undefined };

    assert.equal(logFileName('{uuid}_{bmc}_{mac}', nobody), 'unknown_unknown_unknown');
  });
});

describe('what a ramdisk says of itself', () => {
  const attempts: [string, string][] = [
    ['../../etc/cron.d/x', '.._.._etc_cron.d_x'],
    ['/etc/passwd', '_etc_passwd'],
    ['..\\..\\x', '.._.._x'],
    ['a\u0000b', 'a_b'],
    ['a\nb', 'a_b'],
    ['{uuid}', '_uuid_'],
    ['%Y', '_Y'],
    ['é😀', '___'],
    ['x'.repeat(5_000), 'x'.repeat(64)],
  ];
  for (const [text, harmless] of attempts) {
    it(`stays one path component: ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.equal(logFileName('{bmc}.gz', { ...values, bmc: text }), `${harmless}.gz`);
      assert.equal(logFileName('{mac}.gz', { ...values, mac: text }), `${harmless}.gz`);
    });
  }

  it('is never the folder itself or the one above', () => {
    assert.equal(logFileName('{bmc}', { ...values, bmc: '..' }), '_');
    assert.equal(logFileName('{bmc}', { ...values, bmc: '.' }), '_');
    assert.equal(logFileName('{mac}', { ...values, mac: '::' }), '_');
  });

  it('never makes more of a name than a file system takes, or less than a file', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(text, text, (bmc, mac) => {
        const name = logFileName('{bmc}{mac}_{uuid}.tar.gz', { ...values, bmc, mac });

        assert.ok(name.endsWith('_5a8c4c5e-0b1d-4f6b-9d1c-3a7f5e2b9c01.tar.gz'));
        assert.match(name, /^[\w.:-]+$/);
        assert.ok(Buffer.byteLength(name) <= 255);
      }),
    );
  });
});

describe('a format', () => {
  it('with folders in it gives one path component all the same', () => {
    assert.equal(logFileName('{bmc}/{mac}\\x', values), '192.0.2.10_525400aabb01_x');
  });

  it('of nothing but dots, or of nothing, gives a file', () => {
    assert.equal(logFileName('...', values), '_');
    assert.equal(logFileName('', values), '_');
  });

  it('that is too long is cut', () => {
    assert.equal(logFileName('x'.repeat(300), values).length, 200);
  });

  for (const format of [
    '{name}',
    '{uuid',
    'uuid}',
    '{}',
    '{uuid!s}',
    '{uuid:.8}',
    '{0}',
    '{dt',
    '{dt.year}',
    '{uuid}{',
    '{toString}',
  ]) {
    it(`that makes no sense is refused: ${format}`, () => {
      assert.throws(() => checkFileNameFormat(format), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `[processing]ramdisk_logs_filename_format: expected {uuid}, {bmc}, {mac} or {dt:format}, got "${format}"`,
      });
    });
  }
});
