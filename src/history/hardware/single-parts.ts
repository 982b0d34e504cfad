import { isObject, type JsonObject } from '../../json/json-value.ts';
import { type Component, type ComponentKind, knownOf, type Section } from './component.ts';
import type { ExtraFacts } from './extra-facts.ts';
import { member } from './read-parts.ts';

/** What a machine has one of. The frequency of a processor and the memory that a kernel can use are no hardware. */
export function singleParts({ inventory }: JsonObject, extra: ExtraFacts): Section[] {
  if (!isObject(inventory)) return [];
  const { cpu, memory, system_vendor: system, boot } = inventory;
  const firmware = member(system, 'firmware');
  const bios = extra.get('firmware')?.get('bios');
  return [
    single(
      'system',
      {
        product: member(system, 'product_name'),
        manufacturer: member(system, 'manufacturer'),
      },
      { serial: member(system, 'serial_number') },
    ),
    single('firmware', {
      vendor: member(firmware, 'vendor') ?? bios?.get('vendor'),
      version: member(firmware, 'version') ?? bios?.get('version'),
      build_date: member(firmware, 'build_date') ?? bios?.get('date'),
    }),
    single(
      'bmc',
      {
        address: inventory.bmc_address,
        v6address: inventory.bmc_v6address,
        firmware: extra.get('ipmi')?.get('bmc')?.get('version'),
      },
      { mac: inventory.bmc_mac },
    ),
    single('boot', { mode: member(boot, 'current_boot_mode'), pxe_interface: member(boot, 'pxe_interface') }),
    single('cpu', {
      model: member(cpu, 'model_name'),
      architecture: member(cpu, 'architecture'),
      count: member(cpu, 'count'),
      sockets: member(cpu, 'socket_count'),
    }),
    single('memory', { physical_mb: member(memory, 'physical_mb') }),
  ];
}

type Values = Readonly<Record<string, unknown>>;

function single(kind: ComponentKind, values: Values, identities: Values = {}): Section {
  const only: Component = {
    name: '',
    identities: knownOf(identities),
    // There is one, so it is found by its place.
    places: new Map([['machine', kind]]),
    properties: knownOf(values),
  };
  return { kind, firmPlace: 'machine', components: [only] };
}
