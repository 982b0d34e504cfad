import { parseJsonObject } from '../../src/json/parse-json.ts';
import { checkTemplates, formatValue } from '../../src/rules/value-format/format-value.ts';
import { ramdiskData } from '../ramdisk-data-builder.ts';
import { assertPlainJson } from './assert-plain-json.ts';
import { editedDocument, headOf, textOf, valueOf } from './edited-document.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** A template on a line, then changes of what a ramdisk posted. */
export const templates: FuzzTarget = {
  name: 'templates',
  words: [
    '{data[',
    '][',
    ']}',
    '{{',
    '}}',
    '!r',
    '!s',
    '!a',
    ':',
    '>9',
    '^',
    '#x',
    ',d',
    '.3f',
    'e',
    '%',
    'g',
    '{data[x]}',
    'x ',
  ],
  seeds: [
    '{data[inventory][cpu][count]:>+08,d} {{x}} {data[inventory][hostname]!r:*^20.5}\n',
    '{data[x]:#x} {data[x]:b} {data[x]:e} {data[x]:,.2f} {data[x]:g} {data[x]:%}\nx 12345678901234567890',
    '{data[x]:{data[y]}}\nx 1.5\ny .3f',
    '["{data[x][0]}", {"{data[x][1]}": "{data[x]!a}"}]\nx ["\u00e9", 1.0, null]',
    '{data[x]:300000d}\nx true',
    '{data[x]:0=+30_x}\nx -5',
    '5000*{data[x][0]}\nx 60000*\u00e9',
    '5000*{data[x]!s:.0}\nx 60000*\u00e9',
  ],
  run(input) {
    const [template, edits] = headOf(input.toString('latin1'));
    const written = valueOf(textOf(template, 60_000));
    const { value: posted, exactNumbers } = parseJsonObject(Buffer.from(JSON.stringify({ value: written })));
    const value = posted.value ?? null;
    const data = editedDocument(ramdiskData(), edits);
    checkTemplates(value);
    assertPlainJson(formatValue(value, data, exactNumbers));
  },
};
