import { isObject, type JsonValue } from '../json/json-value.ts';

/** The versions of its API that an Ironic offers; `1.82` counts as 82. */
export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/**
 * The versions in the document at an Ironic's root or at its `/v1`; `undefined` where it names none, as that of an
 * Ironic before 2015, which takes no version either.
 */
export function versionsIn(document: JsonValue): VersionRange | undefined {
  const described = isObject(document)
    ? [document, document.version, document.default_version, document.versions]
    : [document];
  for (const version of described.flat()) {
    if (!isObject(version) || version.id !== 'v1') continue;
    const max = minorOf(version.version);
    const min = minorOf(version.min_version) ?? 1;
    if (max !== undefined) return { min: Math.min(min, max), max };
  }
  return undefined;
}

/** The newest version that both sides know, or the oldest that the server still has. */
export function versionToUse({ min, max }: VersionRange, newestKnown: number): number {
  return Math.max(min, Math.min(max, newestKnown));
}

/** The headers that ask for a version: Ironic's own, and the one that all of OpenStack shares. */
export function versionHeaders(minor: number): Record<string, string> {
  return {
    'x-openstack-ironic-api-version': `1.${minor}`,
    'openstack-api-version': `baremetal 1.${minor}`,
  };
}

function minorOf(version: JsonValue | undefined): number | undefined {
  const [, minor] = typeof version === 'string' ? (/^1\.(\d{1,4})$/.exec(version) ?? []) : [];
  return minor === undefined ? undefined : Number(minor);
}
