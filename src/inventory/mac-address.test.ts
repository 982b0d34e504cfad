import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isMacAddress } from './mac-address.ts';

describe('isMacAddress', () => {
  it('accepts six colon-separated pairs in either case', () => {
    for (const text of ['52:54:00:aa:bb:01', '52:54:00:AA:BB:01', '00:00:00:00:00:00']) {
      assert.ok(isMacAddress(text), text);
    }
  });

  it('refuses everything else', () => {
    const others = [
      '',
      'foobar',
      '52-54-00-aa-bb-01',
      '52:54:00:aa:bb',
      '52:54:00:aa:bb:01:02',
      '5:5:0:a:b:1',
    ];
    for (const text of [...others, '52:54:00:aa:bb:0g', '52:54:00:aa:bb:01\n', ' 52:54:00:aa:bb:01']) {
      assert.equal(isMacAddress(text), false, text);
    }
  });
});
