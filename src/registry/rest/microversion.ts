import type { IncomingHttpHeaders } from 'node:http';
import { InspectorError } from '../../errors/inspector-error.ts';

/** The minor versions of API 1 that the registry speaks; 75 is the last whose node fields it all has. */
export const oldestMinor = 1;
export const newestMinor = 75;

/** On every answer, whatever became of the request. */
export const rangeHeaders: Readonly<Record<string, string>> = {
  'X-OpenStack-Ironic-API-Minimum-Version': `1.${oldestMinor}`,
  'X-OpenStack-Ironic-API-Maximum-Version': `1.${newestMinor}`,
};

const range = `[1.${oldestMinor}, 1.${newestMinor}]`;

/**
 * The minor version that a request asks for, by `OpenStack-API-Version: baremetal 1.x` or by the older
 * header of Ironic's own. Who asks for none gets the oldest, as in Ironic.
 *
 * @throws InspectorError `not-acceptable` for what is no version or none that the registry speaks.
 */
export function requestedMinor(headers: IncomingHttpHeaders): number {
  const asked = standardHeader(headers['openstack-api-version']) ?? headers['x-openstack-ironic-api-version'];
  const text = [asked].flat()[0]?.trim();
  if (text === undefined || text === '') return oldestMinor;
  if (text.toLowerCase() === 'latest') return newestMinor;
  const [, major, minor = ''] = /^([1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.exec(text) ?? [];
  if (major === undefined) {
    throw new InspectorError('not-acceptable', 'Invalid value for X-OpenStack-Ironic-API-Version header');
  }
  if (major !== '1') {
    throw new InspectorError(
      'not-acceptable',
      `Mutually exclusive versions requested. Version ${text} requested but not supported by this service. ` +
        `The supported version range is: ${range}.`,
    );
  }
  if (Number(minor) < oldestMinor || Number(minor) > newestMinor) {
    throw new InspectorError(
      'not-acceptable',
      `Version ${text} was requested but the minor version is not supported by this service. ` +
        `The supported version range is: ${range}.`,
    );
  }
  return Number(minor);
}

/** One header names versions of several services, the last of each counts. */
function standardHeader(header: string | string[] | undefined): string | undefined {
  const parts = [header].flat().flatMap((value) => value?.split(',') ?? []);
  const versions = parts
    .map((part) => part.trim().split(/\s+/))
    .filter(([service]) => service === 'baremetal');
  return versions.at(-1)?.[1];
}

/** @throws InspectorError `not-acceptable` when the request's version is older than what it asks for. */
export function requireMinor(minor: number, since: number): void {
  if (minor >= since) return;
  throw new InspectorError(
    'not-acceptable',
    `Request not acceptable. The minimal required API version should be 1.${since}`,
  );
}
