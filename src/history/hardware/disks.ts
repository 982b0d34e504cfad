import type { JsonObject } from '../../json/json-value.ts';
import { type Component, known, knownOf, type Section } from './component.ts';
import type { ExtraFacts } from './extra-facts.ts';
import { member, reported } from './read-parts.ts';

/**
 * Disks, known by serial number and WWN. The path by which they are attached is a firm place; the SCSI address
 * and the name change from boot to boot.
 */
export function disks({ inventory }: JsonObject, extra: ExtraFacts): Section | undefined {
  const all = reported(member(inventory, 'disks'));
  if (all === undefined) return undefined;
  return { kind: 'disk', firmPlace: 'by_path', components: all.map((disk) => diskOf(disk, extra)) };
}

function diskOf(disk: JsonObject, extra: ExtraFacts): Component {
  const name = (known(disk.name) ?? 'unnamed').replace(/^\/dev\//, '');
  const { wwn_with_extension: extended, wwn } = disk;
  return {
    name,
    identities: knownOf({ serial: disk.serial, wwn: known(extended) ?? wwn }),
    places: knownOf({ by_path: disk.by_path, hctl: disk.hctl, name }),
    properties: knownOf({
      vendor: disk.vendor,
      model: disk.model,
      size: disk.size,
      rotational: disk.rotational,
      transport: disk.tran,
      logical_sectors: disk.logical_sectors,
      physical_sectors: disk.physical_sectors,
      firmware: extra.get('disk')?.get(name)?.get('rev'),
    }),
  };
}
