// Shows these lines of docs/compatibility.md: lldp-malformed, lldp-interface-unknown.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryRamdiskData } from '../../../testing/arbitrary-ramdisk-data.ts';
import { builtInHooks, hookOptions, runHookPipeline } from '../../../testing/hook-pipeline.ts';
import { tlv } from '../../../testing/lldp-frame.ts';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { processingOptions } from '../processing-options.ts';
import { lldpBasicHook } from './lldp-basic.ts';
import { validateInterfacesHook, validateInterfacesOptions } from './validate-interfaces.ts';

function run(changes: Record<string, JsonValue>) {
  const data = ramdiskData(changes) as any;
  const log = recordingLogger();
  const options = { ...defaultsOf(validateInterfacesOptions), ...defaultsOf(processingOptions) };
  void validateInterfacesHook(options).beforeProcessing?.(data, { log: recordingLogger() });
  void lldpBasicHook().beforeUpdate?.(data, nodeDraft(), { log });
  return { data, log };
}

describe('lldp_basic', () => {
  it('writes down what switches say, by interface', () => {
    const { data } = run({
      'inventory.interfaces.0.lldp': [tlv(5, '', 'leaf-1')],
      'inventory.interfaces.1.lldp': [tlv(5, '', 'not this')],
      lldp_raw: { eno2: [tlv(5, '', 'leaf-2')] },
    });

    assert.deepEqual(data.all_interfaces.eno1.lldp_processed, { switch_system_name: 'leaf-1' });
    assert.deepEqual(data.all_interfaces.eno2.lldp_processed, { switch_system_name: 'leaf-2' });
    assert.equal(data.interfaces.eno1.lldp_processed, data.all_interfaces.eno1.lldp_processed);
  });

  it('writes nothing down where nothing is understood', () => {
    const { data, log } = run({
      'inventory.interfaces.0.lldp': [tlv(3, '0078'), tlv(5, 'ff')],
      'inventory.interfaces.1.lldp': [],
    });

    assert.ok(!('lldp_processed' in data.all_interfaces.eno1));
    assert.ok(!('lldp_processed' in data.all_interfaces.eno2));
    assert.deepEqual(log.at('warning'), [
      'LLDP of interface eno1: ignoring TLV 5 (system name): expected text in UTF-8',
      'No LLDP data found for interface eno3',
      'No LLDP data found for interface lo',
    ]);
  });

  it('leaves out interfaces that are not in the table', () => {
    const { data } = run({
      'inventory.interfaces.0.lldp': [tlv(5, '', 'leaf-1')],
      'inventory.interfaces.1.name': null,
      'inventory.interfaces.2': { name: 'bad', mac_address: 'no-mac', lldp: [tlv(5, '', 'leaf-2')] },
    });

    assert.deepEqual(Object.keys(data.all_interfaces), ['eno1', 'lo']);
    assert.deepEqual(data.all_interfaces.eno1.lldp_processed, { switch_system_name: 'leaf-1' });
  });

  it('fails without an inventory, as other hooks do', () => {
    const hook = lldpBasicHook();

    assert.throws(() => hook.beforeUpdate?.({}, nodeDraft(), { log: recordingLogger() }), {
      kind: 'invalid',
    });
  });

  it('ends, with local_link_connection after it, in an error for the operator if in any', async () => {
    const hooks = builtInHooks('validate_interfaces,lldp_basic,local_link_connection', hookOptions());
    const property = fc.asyncProperty(arbitraryRamdiskData(), async (data) => {
      const draft = nodeDraft({}, [{ address: ramdiskMacs.eno1, local_link_connection: {} }]);
      try {
        await runHookPipeline(hooks, data, draft);
      } catch (error) {
        assert.ok(error instanceof InspectorError && error.kind === 'invalid', String(error));
      }
    });

    await fc.assert(property, { numRuns: 500 });
  });
});
