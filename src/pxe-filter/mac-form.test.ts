import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { macForm } from './mac-form.ts';

describe('the form of MAC addresses', () => {
  it('is lower-case', () => {
    const log = recordingLogger();

    assert.equal(macForm(log)('52:54:00:AA:bb:01'), '52:54:00:aa:bb:01');
    assert.deepEqual(log.lines, []);
  });

  const wrong: unknown[] = [
    '',
    '52-54-00-aa-bb-01',
    '525400aabb01',
    '52:54:00:aa:bb',
    '52:54:00:aa:bb:01:02',
    '52:54:00:aa:bb:0g',
    '52:54:00:aa:bb:1',
    ' 52:54:00:aa:bb:01',
    '52:54:00:aa:bb:01\n',
    '52:54:00:aa:bb:01,ignore',
    '../../../etc/cron',
    '*:*:*:*:*:*',
    '-j ACCEPT',
    '52:54:00:aa:bb:\u0131\u0131',
    null,
    undefined,
    7,
    {},
    ['52:54:00:aa:bb:01'],
  ];
  for (const value of wrong) {
    it(`is not that of ${JSON.stringify(value)}, which the log names once`, () => {
      const log = recordingLogger();
      const form = macForm(log);

      assert.deepEqual([form(value), form(value)], [undefined, undefined]);

      const shown = JSON.stringify(String(value));
      assert.deepEqual(log.lines, [
        `warning: PXE access leaves out what is no MAC address of 6 octets: ${shown}`,
      ]);
    });
  }

  it('fills no log: long ones are cut, and so many are named', () => {
    const log = recordingLogger();
    const form = macForm(log);

    form('x'.repeat(100_000));
    for (let number = 0; number < 1000; number += 1) form(`wrong ${number}`);

    assert.equal(log.lines.length, 100);
    assert.ok((log.lines[0] ?? '').length < 150);
    assert.match(log.lines.at(-1) ?? '', /"wrong 98". More of them are not named$/);
  });
});
