import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from '../json/json-value.ts';
import { pxeMacOf } from './pxe-mac.ts';

describe('pxeMacOf', () => {
  const cases: [JsonValue | undefined, string | undefined, string][] = [
    ['01-52-54-00-aa-bb-01', '52:54:00:aa:bb:01', 'an Ethernet hardware type'],
    ['20-52-54-00-aa-bb-01', '52:54:00:aa:bb:01', 'an InfiniBand hardware type'],
    ['01-52-54-00-AA-BB-01', '52:54:00:aa:bb:01', 'upper case with a hardware type'],
    ['52:54:00:aa:bb:01', '52:54:00:aa:bb:01', 'a plain address'],
    ['52:54:00:AA:BB:01', '52:54:00:aa:bb:01', 'a plain address in upper case (boot-interface-spelling)'],
    ['52-54-00-AA-BB-01', '52:54:00:aa:bb:01', 'dashes without a hardware type (boot-interface-spelling)'],
    ['garbage', 'garbage', 'text that is no address'],
    ['foo-bar-baz', 'bar:baz', 'dashed text that is no address'],
    ['', undefined, 'empty text'],
    [null, undefined, 'null'],
    [undefined, undefined, 'nothing'],
    [5, undefined, 'a number'],
  ];

  for (const [reported, expected, what] of cases) {
    it(`gives ${expected} for ${what}`, () => {
      const data = reported === undefined ? {} : { boot_interface: reported };

      assert.equal(pxeMacOf(data), expected);
    });
  }
});
