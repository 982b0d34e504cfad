import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { pciDevicesHook } from './pci-devices.ts';

const nicAlias = '{"vendor_id": "8086", "product_id": "10fb", "name": "nic"}';
const gpuAlias = '{"vendor_id": "10de", "product_id": "1eb8", "name": "gpu"}';
const nic = { vendor_id: '8086', product_id: '10fb', bus: '0000:01:00.0' };
const gpu = { vendor_id: '10de', product_id: '1eb8', bus: '0000:3b:00.0' };

function run(alias: readonly string[], devices: JsonValue | undefined, properties: JsonObject = {}) {
  const draft = nodeDraft({ properties });
  const log = recordingLogger();
  const hook = pciDevicesHook({ alias }, log);
  void hook.beforeUpdate?.(ramdiskData({ pci_devices: devices }), draft, { log });
  return { capabilities: draft.node.properties.capabilities, log };
}

describe('pci_devices', () => {
  it('counts the devices that have an alias', () => {
    const others = [{ vendor_id: '1234', product_id: '5678' }];

    assert.equal(run([gpuAlias, nicAlias], [nic, gpu, nic, ...others]).capabilities, 'nic:2,gpu:1');
    assert.equal(run([nicAlias], [nic], { capabilities: 'a:b,nic:7' }).capabilities, 'a:b,nic:1');
  });

  it('leaves the node alone when nothing is found', () => {
    assert.equal(run([nicAlias], [gpu]).capabilities, undefined);
    assert.equal(run([nicAlias], []).capabilities, undefined);
  });

  it('compares ids as text, exactly', () => {
    assert.equal(run([nicAlias], [{ vendor_id: '8086', product_id: '10FB' }]).capabilities, undefined);
    assert.equal(run([nicAlias], [{ vendor_id: '0x8086', product_id: '10fb' }]).capabilities, undefined);
  });

  it('takes the last of two aliases of one device, and one count of two devices of one name', () => {
    const renamed = nicAlias.replace('"nic"', '"fast_nic"');
    const gpuAsNic = gpuAlias.replace('"gpu"', '"nic"');

    assert.equal(run([nicAlias, renamed], [nic]).capabilities, 'fast_nic:1');
    assert.equal(run([nicAlias, gpuAsNic], [nic, nic, gpu]).capabilities, 'nic:1');
  });

  it('warns about missing devices only if there are aliases', () => {
    for (const devices of [undefined, null]) {
      assert.equal(run([nicAlias], devices).log.at('warning').length, 1);
      assert.deepEqual(run([], devices).log.lines, []);
    }
  });

  it('leaves out items that are no devices (pci-devices-malformed)', () => {
    const { capabilities, log } = run([nicAlias], [nic, null, { vendor_id: '8086' }, {}, 'x']);

    assert.equal(capabilities, 'nic:1');
    assert.deepEqual(log.at('warning'), ['Ignoring 2 items of pci_devices: expected objects']);
  });

  it('leaves out malformed aliases with an error, and keeps the others', () => {
    const malformed = [
      '{',
      '5',
      '[]',
      '{"vendor_id": "8086", "name": "x"}',
      '{"vendor_id": "8086", "product_id": "10fb", "name": "x", "more": 1}',
      '{"vendor_id": "8086", "product_id": "10fb", "name": 5}',
    ];

    const { capabilities, log } = run([...malformed, nicAlias], [nic]);

    assert.equal(capabilities, 'nic:1');
    assert.equal(log.at('error').length, malformed.length);
    for (const line of log.at('error')) assert.match(line, /^Error parsing 'alias' option: /);
  });
});
