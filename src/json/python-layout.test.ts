import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { JsonValue } from './json-value.ts';
import { pythonLayout } from './python-layout.ts';
import { writeJson } from './write-json.ts';

describe('pythonLayout', () => {
  it('puts a blank behind commas and colons, but not into texts', () => {
    const compact = '{"a,:\\"b\\\\":[1,-2.5,true,false,null,{}],"c":"\\\\","d":",:"}';

    assert.equal(
      pythonLayout(Buffer.from(compact)),
      '{"a,:\\"b\\\\": [1, -2.5, true, false, null, {}], "c": "\\\\", "d": ",:"}',
    );
  });

  it('leaves numbers alone that Python writes in another way', () => {
    for (const compact of ['1e+21', '[1,-1.5e-7]', '{"a":0.00001}', '[-0.000099]']) {
      assert.equal(pythonLayout(Buffer.from(compact)), undefined, compact);
    }
  });

  it('takes numbers that both write alike', () => {
    for (const number of [0, -1, 0.5, 0.0001, -0.00012, 10.5, 1e20, 123456789012345.6, 5e-1]) {
      const compact = JSON.stringify(number);

      assert.equal(pythonLayout(Buffer.from(compact)), writeJson([number], layout).slice(1, -1));
    }
  });

  it('writes what a value written piece by piece has', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme-ascii' }), (value) => {
        const compact = JSON.stringify(value);
        const normal = JSON.parse(compact) as JsonValue;
        const spaced = pythonLayout(Buffer.from(compact));
        if (spaced !== undefined && !compact.includes('\u007f'))
          assert.equal(spaced, writeJson(normal, layout));
      }),
    );
  });
});

const layout = { comma: ', ', colon: ': ', sorted: false } as const;
