import type { SecureVersion } from 'node:tls';
import { InspectorError } from '../../errors/inspector-error.ts';

/** The versions that are spoken. */
export interface TlsVersions {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  /** The version that was asked for is not offered any more. */
  readonly isRaised: boolean;
}

const all = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const;

const versions: Readonly<Record<string, TlsVersions>> = {
  sslv23: { ...all, isRaised: false },
  tlsv1_2: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', isRaised: false },
  tlsv1_3: { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', isRaised: false },
  sslv2: { ...all, isRaised: true },
  sslv3: { ...all, isRaised: true },
  tlsv1: { ...all, isRaised: true },
  tlsv1_1: { ...all, isRaised: true },
};

/**
 * The versions for a name of `[ssl]version`, in any case. What is older than TLS 1.2 is not spoken, whatever
 * the name (docs/compatibility.md, tls-minimum-version).
 *
 * @throws InspectorError `invalid` for another name.
 */
export function tlsVersions(name: string | null): TlsVersions {
  if (!name) return { ...all, isRaised: false };
  const key = name.toLowerCase();
  const found = Object.hasOwn(versions, key) ? versions[key] : undefined;
  if (found !== undefined) return found;
  throw new InspectorError(
    'invalid',
    `[ssl]version: expected TLSv1_2, TLSv1_3 or SSLv23, got ${name}; without it all from TLS 1.2 on are offered`,
  );
}
