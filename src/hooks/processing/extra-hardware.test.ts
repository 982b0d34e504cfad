// Shows these lines of docs/compatibility.md: extra-hardware-fractions, extra-hardware-long-numbers.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { extraHardwareHook } from './extra-hardware.ts';

function run(items: JsonValue | undefined, strict = false) {
  const data = ramdiskData({ data: items });
  const log = recordingLogger();
  void extraHardwareHook({ strict }).beforeUpdate?.(data, nodeDraft(), { log });
  return { data, extra: data.extra, log };
}

/** The value that an item's last element becomes. */
function converted(value: JsonValue): JsonValue | undefined {
  const extra = run([['a', 'b', 'c', value]]).extra as any;
  return extra.a?.b?.c;
}

describe('extra_hardware', () => {
  it('makes a nested object of the list, and removes the list', () => {
    const { data, extra, log } = run([
      ['cpu', 'physical', 'number', '2'],
      ['cpu', 'physical', 'model', 'x'],
      ['disk', 'sda', 'rotational', 0],
      ['cpu', 'physical', 'model', 'y', 'and more'],
      [],
    ]);

    assert.deepEqual(extra, {
      cpu: { physical: { number: 2, model: 'y' } },
      disk: { sda: { rotational: 0 } },
    });
    assert.ok(!('data' in data));
    assert.deepEqual(log.lines, []);
  });

  it('makes an empty object of an empty list', () => {
    assert.deepEqual(run([]).extra, {});
  });

  it('reads whole numbers as the original does, and booleans', () => {
    assert.equal(converted(' 42 '), 42);
    assert.equal(converted('1_000'), 1000);
    assert.equal(converted('-007'), -7);
    assert.equal(converted(true), 1);
    assert.equal(converted(false), 0);
    assert.equal(converted('0x10'), '0x10');
    assert.equal(converted('10.5'), '10.5');
    assert.equal(converted(''), '');
    assert.equal(converted(null), null);
    assert.deepEqual(converted([1]), [1]);
  });

  it('keeps fractions (extra-hardware-fractions)', () => {
    assert.equal(converted(10.5), 10.5);
  });

  it('keeps the text of a number that would lose digits (extra-hardware-long-numbers)', () => {
    assert.equal(converted('18446744073709551615'), '18446744073709551615');
    assert.equal(converted('9007199254740991'), 9007199254740991);
  });

  it('names members as JSON does where names are no text', () => {
    assert.deepEqual(
      run([
        [1, null, true, 'x'],
        [1.5, '', false, 'y'],
      ]).extra,
      { 1: { null: { true: 'x' } }, 1.5: { '': { false: 'y' } } },
    );
  });

  it('leaves out malformed items with one warning; levels that were made stay', () => {
    const { extra, log } = run([
      ['a'],
      ['b', 'c'],
      ['b', 'd', 'e'],
      [{}, 'x', 'y', 1],
      ['f', [], 'y', 1],
      ['g', 'h', {}, 1],
      ['i', 'j', 'k', Infinity],
      ['__proto__', 'polluted', 'yes', 1],
    ]);

    assert.deepEqual(extra, { a: {}, b: { c: {}, d: {} }, f: {}, g: { h: {} }, i: { j: {} } });
    assert.deepEqual(log.at('warning'), [
      'Ignoring 8 invalid items of the extra hardware data, such as ["a"]',
    ]);
    assert.equal(({} as any).polluted, undefined);
  });

  it('leaves data of another format alone with a warning', () => {
    for (const items of [null, {}, { cpu: 1 }, 'text', 5, [['a', 'b', 'c', 1], 'x']]) {
      const { data, log } = run(items);

      assert.deepEqual(data.data, items);
      assert.ok(!('extra' in data));
      assert.deepEqual(log.at('warning'), [
        'The extra hardware data is not in a recognised format: expected a list of lists',
      ]);
    }
  });

  it('removes data of another format in strict mode, where each item has four elements', () => {
    for (const items of [null, [['short']], [['a', 'b', 'c', 1], []], [['a', 'b', 'c', 1, 2]]]) {
      const { data, log } = run(items, true);

      assert.ok(!('data' in data) && !('extra' in data));
      assert.equal(log.at('warning').length, 1);
    }
    assert.deepEqual(run([['a', 'b', 'c', '1']], true).extra, { a: { b: { c: 1 } } });
  });

  it('warns when there is nothing', () => {
    const { data, log } = run(undefined);

    assert.ok(!('extra' in data));
    assert.deepEqual(log.at('warning'), ['No extra hardware information was received from the ramdisk']);
  });
});

const samples = new URL('../../../../shared/data/extra_hardware/', import.meta.url);

describe('extra_hardware on lists of real machines', {
  skip: existsSync(samples) ? false : 'the lists are not here',
}, () => {
  const read = (name: string): any => JSON.parse(readFileSync(new URL(name, samples), 'utf8'));

  const files = ['edeploy-dl360p-5-nodes', 'edeploy-kvm', 'python-hardware-bl460c-converted'];
  for (const name of [...files, 'python-hardware-detect-results']) {
    it(`gives for ${name} what the original gave`, () => {
      const { nodes, results, data, upstream_extra: upstream } = read(`${name}.json`);
      const lists = data === undefined ? (nodes ?? results) : { only: data };
      const expected: Record<string, any> = data === undefined ? upstream : { only: upstream };

      for (const [node, extra] of Object.entries(expected)) {
        assert.deepEqual(withoutFractions(run(lists[node]).extra ?? null, extra), extra, node);
      }
    });
  }

  it('takes all blades of a chassis', () => {
    const { nodes } = read('python-hardware-bl460c-19-nodes.json');

    assert.equal(Object.keys(nodes).length, 19);
    for (const items of Object.values<JsonValue>(nodes)) {
      const { extra, log } = run(items, true);
      assert.ok(Object.keys(extra as JsonObject).length > 3);
      assert.deepEqual(log.lines, []);
    }
  });
});

/** The original cuts fractions off, and reads numerals of any length. */
function withoutFractions(value: JsonValue, expected: any): any {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'string' && typeof expected === 'number') return Number(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutFractions(member, expected?.[name])]),
  );
}
