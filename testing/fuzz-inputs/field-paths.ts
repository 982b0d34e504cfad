import assert from 'node:assert/strict';
import { parseField } from '../../src/rules/field-path.ts';
import { findValues } from '../../src/rules/json-path/find-values.ts';
import { ramdiskData } from '../ramdisk-data-builder.ts';
import { editedDocument, headOf, textOf } from './edited-document.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** The field of a condition on a line, then changes of what a ramdisk posted. */
export const fieldPaths: FuzzTarget = {
  name: 'field-paths',
  words: [
    'data://',
    'node://',
    '$',
    '..',
    '[*]',
    '*',
    '`parent`',
    '`this`',
    '[?',
    ' where ',
    '|',
    '[0]',
    '[-1]',
    '[1:2]',
    "['",
    'inventory',
    'disks',
  ],
  seeds: [
    'inventory.interfaces[*].name\n',
    'data://$..name|$.inventory.disks[-1:]\n',
    "node://inventory['cpu'].`parent`.disks[0].size\n",
    '$.inventory.disks where size\n',
    '$..*|$..*|$..*..*\n',
    'x[0:].`parent`..*..*\nx []\nx.5000+ [1]',
    "inventory['cpu','memory'].*\ninventory.cpu {\"a b\": [[1], [2]]}",
  ],
  run(input) {
    const [field, edits] = headOf(input.toString('latin1'));
    const { path } = parseField(textOf(field, 5000));
    assert.ok(findValues(path, editedDocument(ramdiskData(), edits).value).length >= 0);
  },
};
