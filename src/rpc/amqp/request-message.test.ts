// Shows these lines of docs/compatibility.md: split-wire-format.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../json/json-value.ts';
import { parseJsonObject } from '../../json/parse-json.ts';
import { exactJson } from './exact-json.ts';
import { type ConductorCall, readRequest, writeRequest } from './request-message.ts';

const document = (text: string) => parseJsonObject(Buffer.from(text));
const trip = (call: ConductorCall) => readRequest(Buffer.from(writeRequest({ call, from: undefined })));

describe('a request on its way', () => {
  for (const call of [
    { method: 'do_introspection', node_id: 'a', manage_boot: true },
    { method: 'do_introspection', node_id: 'ü"\\', manage_boot: false },
    { method: 'do_abort', node_id: 'b' },
    { method: 'do_reapply', node_uuid: 'c', data: undefined },
  ] as const) {
    it(`keeps ${JSON.stringify(call)}`, () => {
      assert.deepEqual(trip(call), { call, from: undefined });
    });
  }

  it('has the form and the names of the original', () => {
    const call = { method: 'do_introspection', node_id: 'a', manage_boot: true } as const;

    const text = writeRequest({ call, from: { requestId: 'req-1' } });

    assert.deepEqual(JSON.parse(text), {
      version: '1.3',
      method: 'do_introspection',
      context: { request_id: 'req-1' },
      args: { node_id: 'a', manage_boot: true },
    });
    assert.deepEqual(readRequest(Buffer.from(text)).from, { requestId: 'req-1' });
  });

  const texts = [
    '{"a":1.0,"b":[18446744073709551615,1e3,-0,2.50],"c":{"d":1e-7}}',
    '{"é":"\\u0001 😀 \\"","1":{},"0":[]}',
    `{"deep":${'['.repeat(126)}1.0${']'.repeat(126)}}`,
  ];
  for (const text of texts) {
    it(`keeps each numeral of ${text.slice(0, 40)}`, () => {
      const sent = document(text);

      const { call } = trip({ method: 'do_continue', data: sent });

      assert.ok(call.method === 'do_continue');
      assert.deepEqual(call.data.value, sent.value);
      assert.equal(
        exactJson(call.data.value, call.data.exactNumbers),
        exactJson(sent.value, sent.exactNumbers),
      );
    });
  }

  it('keeps the document of a reapply, and takes null for none', () => {
    const { call } = trip({ method: 'do_reapply', node_uuid: 'u', data: document('{"a":1.0}') });
    const none = '{"version":"1.2","method":"do_reapply","args":{"node_uuid":"u","data":null}}';

    assert.ok(call.method === 'do_reapply');
    assert.equal(call.data && exactJson(call.data.value, call.data.exactNumbers), '{"a":1.0}');
    assert.deepEqual(readRequest(Buffer.from(none)).call, {
      method: 'do_reapply',
      node_uuid: 'u',
      data: undefined,
    });
  });

  it('writes a number that was changed as it is now', () => {
    const data = document('{"a":1.0}') as { value: JsonObject; exactNumbers: never };
    data.value.a = 2;

    assert.equal(exactJson(data.value, data.exactNumbers), '{"a":2}');
  });

  const refused: Readonly<Record<string, RegExp>> = {
    x: /malformed/,
    '[]': /expected a JSON object/,
    '{}': /expected version 1\.0 to 1\.3, got none/,
    '{"version":"1.4","method":"do_abort","args":{"node_id":"a"}}': /got "1\.4"/,
    '{"version":"2.0","method":"do_abort","args":{"node_id":"a"}}': /got "2\.0"/,
    '{"version":"1.3","method":"do_abort"}': /expected arguments by name/,
    '{"version":"1.3","method":"do_abort","args":{}}': /expected a text as node_id/,
    '{"version":"1.3","method":"do_continue","args":{"data":[]}}': /expected an object as data/,
    '{"version":"1.3","method":"del_host","args":{}}': /there is no method "del_host"/,
    '{"version":"1.3","method":"init_host","args":{}}': /there is no method "init_host"/,
    '{"version":"1.3","method":{"toString":1},"args":{}}': /there is no method \{"toString":1\}/,
  };
  for (const [text, message] of Object.entries(refused)) {
    it(`refuses ${text}`, () => {
      assert.throws(() => readRequest(Buffer.from(text)), { kind: 'internal', message });
    });
  }
});
