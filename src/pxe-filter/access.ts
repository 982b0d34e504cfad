/**
 * Who gets an answer from the service's own DHCP:
 *
 * - `closed`: nobody. No machine is under inspection, and none is to be discovered.
 * - `deny-list`: everybody but `denied`, so that unknown machines can be discovered.
 * - `allow-list`: `allowed` and nobody else, as `[pxe_filter]deny_unknown_macs` asks for.
 */
export type AccessMode = 'closed' | 'deny-list' | 'allow-list';

/**
 * Who may boot the ramdisk, as plain data. MAC addresses are 6 octets, lower-case, separated by colons; none is in
 * both sets. Those that are in neither are of machines that the bare metal service does not know.
 */
export interface Access {
  readonly mode: AccessMode;
  /** Of machines under inspection; empty while `closed`. */
  readonly allowed: ReadonlySet<string>;
  /** Of machines that the bare metal service knows and that are not under inspection. */
  readonly denied: ReadonlySet<string>;
}

/** What is other than at the last call. Each MAC address is in one of the lists, once. */
export interface AccessChange {
  /** Now in `allowed`. */
  readonly allow: readonly string[];
  /** Now in `denied`. */
  readonly deny: readonly string[];
  /** Now in neither. */
  readonly forget: readonly string[];
  /** The mode before. */
  readonly modeWas: AccessMode;
}

/** What a machine gets that the bare metal service does not know. */
export function admitsStrangers(mode: AccessMode): boolean {
  return mode === 'deny-list';
}
