import { conditionValues } from './condition-values.ts';
import { configurationFiles } from './configuration-files.ts';
import { documents } from './documents.ts';
import { expressions } from './expressions.ts';
import { extraHardware } from './extra-hardware.ts';
import { fieldPaths } from './field-paths.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { jsonText } from './json-text.ts';
import { lldpFrames } from './lldp-frames.ts';
import { pciDevices } from './pci-devices.ts';
import { policies } from './policies.ts';
import { rootDeviceHints } from './root-device-hints.ts';
import { rulesAndData } from './rules-and-data.ts';
import { templates } from './templates.ts';

/** Every target; a new one is a file of this folder, a line here, and a corpus that `npm run fuzz:inputs` makes. */
export const fuzzTargets: readonly FuzzTarget[] = [
  documents,
  jsonText,
  lldpFrames,
  extraHardware,
  pciDevices,
  rootDeviceHints,
  rulesAndData,
  conditionValues,
  fieldPaths,
  templates,
  expressions,
  configurationFiles,
  policies,
];
