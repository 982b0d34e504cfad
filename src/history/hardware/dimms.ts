import type { JsonObject } from '../../json/json-value.ts';
import { type Component, known, knownOf, type Section } from './component.ts';
import type { ExtraFacts } from './extra-facts.ts';
import { member, reported } from './read-parts.ts';

/** Memory modules as the `dmi-decode` collector reports them; an empty slot is none. */
export function dmiDimms({ dmi }: JsonObject): Section | undefined {
  const devices = reported(member(member(dmi, 'memory'), 'devices'));
  if (devices === undefined) return undefined;
  const filled = devices.filter((device) => /^\s*[1-9]/.test(known(device.Size) ?? ''));
  return { kind: 'dimm', firmPlace: 'slot', components: filled.map(dmiDimm) };
}

function dmiDimm(device: JsonObject): Component {
  // Boards with several processors use the same locator in each bank.
  const slot = [known(device['Bank Locator']), known(device.Locator)].filter((part) => part !== undefined);
  return dimm(slot.join(' '), {
    serial: device['Serial Number'],
    size: device.Size,
    vendor: device.Manufacturer,
    model: device['Part Number'],
    type: device.Type,
    speed: device['Configured Memory Speed'] ?? device['Configured Clock Speed'],
  });
}

/** Memory modules as the extra-hardware collector reports them. */
export function extraDimms(_data: JsonObject, extra: ExtraFacts): Section | undefined {
  const memory = extra.get('memory');
  if (memory === undefined) return undefined;
  const banks = [...memory].filter(([item, fields]) => item.startsWith('bank:') && fields.has('size'));
  if (banks.length === 0) return undefined;
  return {
    kind: 'dimm',
    firmPlace: 'slot',
    components: banks.map(([item, fields]) =>
      dimm(fields.get('slot') ?? item, {
        serial: fields.get('serial'),
        size: fields.get('size'),
        vendor: fields.get('vendor'),
        model: fields.get('product'),
        type: fields.get('description'),
        speed: fields.get('clock'),
      }),
    ),
  };
}

function dimm(slot: string, { serial, ...properties }: Readonly<Record<string, unknown>>): Component {
  return {
    name: slot,
    identities: knownOf({ serial }),
    places: knownOf({ slot }),
    properties: knownOf(properties),
  };
}
