/**
 * What a port can negotiate, highest bit of 16 first but for the highest itself, which means "other"
 * (IANAifMauAutoNegCapBits of RFC 4836).
 */
const names = [
  '10BASE-T hdx',
  '10BASE-T fdx',
  '10BASE-T4',
  '100BASE-TX hdx',
  '100BASE-TX fdx',
  '100BASE-T2 hdx',
  '100BASE-T2 fdx',
  'PAUSE fdx',
  'Asym PAUSE fdx',
  'Sym PAUSE fdx',
  'Asym and Sym PAUSE fdx',
  '1000BASE-X hdx',
  '1000BASE-X fdx',
  '1000BASE-T hdx',
  '1000BASE-T fdx',
] as const;

/** Names of the bits that are set, sorted. Each bit stands for itself (docs/compatibility.md, lldp-10base-t-fdx). */
export function negotiable(bits: number): string[] {
  return names.filter((_name, index) => (bits & (0x4000 >> index)) !== 0).toSorted();
}
