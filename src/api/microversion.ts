import { InspectorError } from '../errors/inspector-error.ts';
import { pythonInt } from '../json/python-int.ts';

/** A version of the API, `1.18`. */
export interface Microversion {
  readonly major: bigint;
  readonly minor: bigint;
}

export const oldestVersion: Microversion = { major: 1n, minor: 0n };
export const newestVersion: Microversion = { major: 1n, minor: 18n };

/** What a client is told whose version is none. */
export const malformedVersion = 'Malformed API version: expected string in form of X.Y or latest';

/** The request header that asks for a version, as `node:http` names it. */
export const versionHeader = 'x-openstack-ironic-inspector-api-version';

/** On every answer of the API, whatever became of the request. */
export const versionHeaders: Readonly<Record<string, string>> = {
  'X-OpenStack-Ironic-Inspector-API-Minimum-Version': versionText(oldestVersion),
  'X-OpenStack-Ironic-Inspector-API-Maximum-Version': versionText(newestVersion),
};

/**
 * The version that a client asks for: the newest when it does not say.
 *
 * @throws InspectorError `invalid` when it is malformed (docs/compatibility.md, microversion-malformed),
 *   `not-acceptable` when it is not offered.
 */
export function negotiateVersion(header: string | undefined): Microversion {
  if (header === undefined || header.toLowerCase() === 'latest') return newestVersion;
  const version = parseVersion(header);
  if (isOlder(version, oldestVersion) || isOlder(newestVersion, version)) {
    const range = `${versionText(oldestVersion)} to ${versionText(newestVersion)}`;
    throw new InspectorError(
      'not-acceptable',
      `Unsupported API version ${versionText(version)}, supported range is ${range}`,
    );
  }
  return version;
}

/** Whether `version` came before `other`. */
function isOlder(version: Microversion, other: Microversion): boolean {
  return version.major < other.major || (version.major === other.major && version.minor < other.minor);
}

/** As headers and messages have it: `1.18`. */
export function versionText({ major, minor }: Microversion): string {
  return `${major}.${minor}`;
}

function parseVersion(text: string): Microversion {
  const dot = text.indexOf('.');
  try {
    return { major: pythonInt(text.slice(0, Math.max(dot, 0))), minor: pythonInt(text.slice(dot + 1)) };
  } catch (cause) {
    throw new InspectorError('invalid', malformedVersion, { cause });
  }
}
