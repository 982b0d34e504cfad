/** The address in lower case, or `undefined` when it is no MAC address of six pairs with colons. */
export function normalMac(address: string): string | undefined {
  const lower = address.toLowerCase();
  return /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(lower) ? lower : undefined;
}
