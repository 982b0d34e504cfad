import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as yaml from 'yaml';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { textOf } from '../inventory/inventory.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';

/** For what is loaded with the list, which few services read. */
const require = createRequire(import.meta.url);

/** What is known of an accelerator: `vendor_id`, `device_id` and whatever else the file says, such as `type`. */
export type KnownAccelerator = JsonObject & { readonly vendor_id: string; readonly device_id: string };

/** The list that comes with the service. */
export const shippedAccelerators = fileURLToPath(
  new URL('../../etc/known_accelerators.yaml', import.meta.url),
);

/**
 * Reads a list of accelerators: YAML 1.1, an object whose `pci_devices` is a list of objects with `vendor_id` and
 * `device_id`. Ids are text as it is written, with or without quotes; the original never finds a device whose
 * unquoted id is a number (docs/compatibility.md, accelerators-unquoted-ids).
 *
 * @throws InspectorError `invalid` naming the file, with the original's text where it has one.
 */
export function readKnownAccelerators(path: string): readonly KnownAccelerator[] {
  try {
    return accelerators(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)));
  } catch (cause) {
    const [reason] = messageOf(cause).split('\n', 1);
    throw new InspectorError('invalid', `Accelerators cannot be read from ${path}: ${reason}`, { cause });
  }
}

function accelerators(text: string): readonly KnownAccelerator[] {
  const { parse } = require('yaml') as typeof yaml;
  const settings = { uniqueKeys: false, maxAliasCount: 100, logLevel: 'error' } as const;
  const document = asJson(parse(text, { ...settings, version: '1.1' }));
  if (!isObject(document) || document.pci_devices === undefined) {
    throw invalid('Could not find pci_devices in the configuration data');
  }
  const { pci_devices: devices } = document;
  if (!Array.isArray(devices)) throw invalid('pci_devices should contain a list of devices');
  const written = listOf(asJson(parse(text, { ...settings, schema: 'failsafe' })));
  return devices.map((device, index) => {
    const vendorId = idOf(device, 'vendor_id', written[index]);
    const deviceId = idOf(device, 'device_id', written[index]);
    if (isObject(device) && vendorId !== undefined && deviceId !== undefined) {
      return { ...device, vendor_id: vendorId, device_id: deviceId };
    }
    const shown = JSON.stringify(device).slice(0, 200).toWellFormed();
    throw invalid(`one of devices is missing vendor_id or device_id: number ${index + 1}, ${shown}`);
  });
}

/** What YAML has and JSON has not, such as dates, becomes text: the list ends up in the properties of nodes. */
function asJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null)) as JsonValue;
}

/** The same list with every scalar as the text that is written, so that an id of digits keeps its zeros. */
function listOf(written: JsonValue): readonly JsonValue[] {
  return isObject(written) && Array.isArray(written.pci_devices) ? written.pci_devices : [];
}

function idOf(device: JsonValue, name: string, written: JsonValue | undefined): string | undefined {
  const value = isObject(device) ? device[name] : undefined;
  if (typeof value === 'string') return textOf(value);
  return typeof value === 'number' && isObject(written) ? textOf(written[name]) : undefined;
}

function invalid(message: string): InspectorError {
  return new InspectorError('invalid', message);
}
