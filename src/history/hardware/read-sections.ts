import type { JsonObject } from '../../json/json-value.ts';
import type { Section } from './component.ts';
import { dmiDimms, extraDimms } from './dimms.ts';
import { disks } from './disks.ts';
import { extraFacts } from './extra-facts.ts';
import { interfaces } from './interfaces.ts';
import { pciDevices } from './pci-devices.ts';
import { singleParts } from './single-parts.ts';

/**
 * The components of a machine, by the part of the document that tells of them. A part that the document lacks
 * is missing here, too: the machine may have such components all the same. Does not throw, whatever the
 * document is.
 */
export function readSections(data: JsonObject): ReadonlyMap<string, Section> {
  const extra = extraFacts(data);
  const found: (readonly [string, Section | undefined])[] = [
    ...singleParts(data, extra).map((section) => [section.kind, section] as const),
    ['memory modules (dmi)', dmiDimms(data)],
    ['memory modules (extra-hardware)', extraDimms(data, extra)],
    ['disks', disks(data, extra)],
    ['interfaces', interfaces(data, extra)],
    ['PCI devices', pciDevices(data)],
  ];
  return new Map(
    found.flatMap(([name, section]) => (section === undefined ? [] : [[name, section] as const])),
  );
}
