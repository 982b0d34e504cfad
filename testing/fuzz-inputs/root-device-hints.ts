import assert from 'node:assert/strict';
import { matchingDisks } from '../../src/inventory/root-device-hints.ts';
import { isObject, type JsonObject } from '../../src/json/json-value.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { disk } from '../ramdisk-data-builder.ts';
import { editedDocument, partsOf } from './edited-document.ts';
import { type FuzzTarget, wordsOf } from './fuzz-target.ts';

/** Hints, one a line as name and expression; `---`; then changes of a list `disks` with two of them. */
export const rootDeviceHints: FuzzTarget = {
  name: 'root-device-hints',
  words: wordsOf(
    'size ;model ;wwn ;serial ;vendor ;name ;rotational ;hctl ;by_path ;<or> ;<in> ;<all-in> ;' +
      's== ;s!= ;s>= ;>= ;== ;!= ;= ;---\n;disks.0.;disks.+ ',
  ),
  seeds: [
    'size >= 50\nvendor example\n---\ndisks.0.size 1e12',
    'model <or> big spinner <or> small one\nrotational true\n---\n',
    'name s== /dev/sda\nserial <in> sn\nby_path s!= x\n---\ndisks.1.serial null\ndisks.+ {"name": "x"}',
    'model <all-in> big spinner\nwwn 0x5\nhctl "0:0:0:0"\nwwn_with_extension s> 1\n---\ndisks.0.model ==',
    'size "<or> 100 <or> 500"\n---\ndisks.0.rotational "yes"\ndisks.1.size "5"',
  ],
  run(input) {
    const [hints = '', edits = ''] = partsOf(input, 2);
    const disks = [disk({ name: '/dev/sda', size: 1e11 }), disk({ name: '/dev/sdb', model: 'Big Spinner' })];
    const { value } = editedDocument({ disks }, edits);
    const known = (Array.isArray(value.disks) ? value.disks : []).filter((item): item is JsonObject =>
      isObject(item),
    );
    const found = [...matchingDisks(known, editedDocument({}, hints).value, silentLogger())];
    assert.ok(found.every((item) => known.includes(item)));
  },
};
