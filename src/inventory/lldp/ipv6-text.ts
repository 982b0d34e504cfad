/**
 * The 16 octets of an IPv6 address in its shortest form (RFC 5952), as `inet_ntop` writes it: an embedded
 * IPv4 address keeps its dots. Written here since `node:net` takes text, and a frame may be full of addresses.
 */
export function ipv6Text(octets: Buffer): string {
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push(octets.readUInt16BE(index));
  const [start, length] = longestRunOfZeros(groups);
  const isEmbedded = start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff));
  const shown = groups.map((group) => group.toString(16));
  if (isEmbedded) shown.splice(6, 2, octets.subarray(12).join('.'));
  if (length < 2) return shown.join(':');
  return `${shown.slice(0, start).join(':')}::${shown.slice(start + length).join(':')}`;
}

/** Where it starts and how long it is; of equally long ones the first. */
function longestRunOfZeros(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  let start = 0;
  for (let index = 0; index < groups.length; index += 1) {
    if (groups[index] !== 0) start = index + 1;
    else if (index + 1 - start > best[1]) best = [start, index + 1 - start];
  }
  return best;
}
