/** Names of server-class Arm cores by `CPU implementer` and `CPU part` of /proc/cpuinfo, which has no model name. */
const cores: Readonly<Record<string, string>> = {
  '0x41/0xd03': 'Cortex-A53',
  '0x41/0xd05': 'Cortex-A55',
  '0x41/0xd07': 'Cortex-A57',
  '0x41/0xd08': 'Cortex-A72',
  '0x41/0xd09': 'Cortex-A73',
  '0x41/0xd0a': 'Cortex-A75',
  '0x41/0xd0b': 'Cortex-A76',
  '0x41/0xd0c': 'Neoverse-N1',
  '0x41/0xd40': 'Neoverse-V1',
  '0x41/0xd49': 'Neoverse-N2',
  '0x41/0xd4a': 'Neoverse-E1',
  '0x41/0xd4f': 'Neoverse-V2',
  '0x41/0xd83': 'Neoverse-V3AE',
  '0x41/0xd84': 'Neoverse-V3',
  '0x41/0xd8e': 'Neoverse-N3',
  '0x42/0x516': 'ThunderX2',
  '0x43/0x0a0': 'ThunderX',
  '0x43/0x0a1': 'ThunderX-88XX',
  '0x43/0x0af': 'ThunderX2-99xx',
  '0x43/0x0b8': 'ThunderX3-T110',
  '0x46/0x001': 'A64FX',
  '0x46/0x003': 'MONAKA',
  '0x48/0xd01': 'Kunpeng-920',
  '0x48/0xd02': 'Kunpeng-920',
  '0x4e/0x010': 'Olympus',
  '0x50/0x000': 'X-Gene',
  '0x51/0xc00': 'Falkor',
  '0x51/0xc01': 'Saphira',
  '0x6d/0xd49': 'Azure-Cobalt-100',
  '0x70/0x660': 'FTC660',
  '0x70/0x661': 'FTC661',
  '0x70/0x662': 'FTC662',
  '0x70/0x663': 'FTC663',
  '0xc0/0xac3': 'Ampere-1',
  '0xc0/0xac4': 'Ampere-1a',
};

/** The name under which `lscpu` knows an Arm core; `undefined` for cores that are not in the table. */
export function armModelName(cpuInfo: ReadonlyMap<string, string>): string | undefined {
  const key = `${cpuInfo.get('cpu implementer')}/${cpuInfo.get('cpu part')}`;
  return Object.hasOwn(cores, key) ? cores[key] : undefined;
}
