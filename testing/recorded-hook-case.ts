import { readFileSync } from 'node:fs';
import type { ProcessingHook } from '../src/hooks/processing-hook.ts';
import { isObject, type JsonObject } from '../src/json/json-value.ts';
import { builtInHooks, hookOptions, type WrittenOptions } from './hook-pipeline.ts';

/** What a recording says of the end of a request to `/v1/continue`. */
export interface Expectation {
  readonly status: number;
  readonly message: string;
  readonly properties: JsonObject | undefined;
  readonly ports: readonly any[] | undefined;
  readonly data: JsonObject | undefined;
}

/** The first answer to `/v1/continue`, and what was in the service, and stored, in the end. */
export function expectationOf(recorded: any): Expectation {
  const { response } = continueStep(recorded);
  const ironic = recorded.steps.findLast((step: any) => step.ironic !== undefined)?.ironic;
  const data = recorded.steps.findLast(
    (step: any) => step.request?.path.endsWith('/data') && step.response.status === 200,
  );
  return {
    status: response.status,
    message: response.body.error?.message ?? '',
    properties: ironic?.node.properties,
    ports: ironic?.ports,
    data: data?.response.body,
  };
}

/** The document that was posted first. */
export function postedData(recorded: any): JsonObject {
  return structuredClone(continueStep(recorded).request.json);
}

function continueStep(recorded: any): any {
  return recorded.steps.find((step: any) => step.request?.path === '/v1/continue');
}

/** What the recordings were made with, beside the defaults. */
const recordedWith: WrittenOptions = {
  'processing.processing_hooks':
    '$default_processing_hooks,extra_hardware,lldp_basic,local_link_connection,physnet_cidr_map,accelerators',
  'capabilities.boot_mode': 'true',
  'port_physnet.cidr_map': '198.51.100.0/24:physnet_a,2001:db8:1::/64:physnet_b,198.51.0.0/16:physnet_c',
  'pci_devices.alias': [
    '{"vendor_id": "8086", "product_id": "10fb", "name": "nic82599"}',
    '{"vendor_id": "10de", "product_id": "1eb8", "name": "t4"}',
    '{"vendor_id": "dead", "name": "broken-alias"}',
  ],
};

/**
 * The hooks of a variant of the recordings' configuration.
 *
 * @param oracle The folder that has `variants.json`.
 */
export function recordedHooks(oracle: URL, variant: string): readonly ProcessingHook[] {
  const variants = JSON.parse(readFileSync(new URL('variants.json', oracle), 'utf8'));
  const options = hookOptions({ ...recordedWith, ...variants[variant] });
  const { processing_hooks: written, default_processing_hooks: defaults } = options.processing;
  return builtInHooks(written.replace('$default_processing_hooks', defaults), options);
}

/** The node as it was before; recordings show only what became of it. */
export function nodeBefore(recorded: any): JsonObject {
  const after = recorded.steps.findLast((step: any) => step.ironic !== undefined)?.ironic.node ?? {};
  const properties: JsonObject = {};
  for (const name of ['root_device', 'skip_block_devices']) {
    if (after.properties?.[name] !== undefined) properties[name] = after.properties[name];
  }
  if (/^properties-(?!none)/.test(recorded.case)) {
    Object.assign(properties, { cpus: '1', cpu_arch: 'arm', memory_mb: '2', local_gb: '3', other: 'x' });
    properties.capabilities = 'boot_mode:bios,foo:bar';
  }
  const capabilities: JsonObject = {
    'capabilities-two-colons': 'a:b:c,d:e',
    'capabilities-spaces': ' a : b , c:d',
    'capabilities-dict': { a: 'b' },
    'capabilities-empty': '',
  };
  if (recorded.case in capabilities) properties.capabilities = capabilities[recorded.case] ?? null;
  return { properties, provision_state: recorded.case.includes('active-node') ? 'active' : 'manageable' };
}

/** As a rule one port of the first NIC. */
export function portsBefore(recorded: any): (JsonObject & { address: string })[] {
  const name: string = recorded.case;
  const posted = postedData(recorded);
  const inventory = isObject(posted.inventory) ? posted.inventory : {};
  const nics = Array.isArray(inventory.interfaces) ? inventory.interfaces : [];
  const mac = (index: number) => ({ address: (nics[index] as any)?.mac_address ?? '52:54:00:00:00:01' });
  if (/^ports-.*-empty$|^interfaces-client-id$|^ports-of-another-node$/.test(name)) return [];
  if (/^ports-.*-(existing|no-boot-interface)$/.test(name)) {
    const ports = recorded.steps.findLast((step: any) => step.ironic !== undefined)?.ironic.ports;
    const stranger = ports.find((port: any) => port.extra.keep === 1)?.address ?? '52:54:00:00:00:02';
    return [mac(1), { address: stranger, extra: { keep: 1 } }];
  }
  if (name.startsWith('ports-pxe-flag-fixed')) return [{ ...mac(0), pxe_enabled: false }, mac(1)];
  if (name.startsWith('ports-active-node')) return [mac(1)];
  if (/^physnet-overwrites$|^llc-existing-kept$/.test(name)) return [{ ...mac(0), physical_network: 'old' }];
  return [mac(0)];
}
