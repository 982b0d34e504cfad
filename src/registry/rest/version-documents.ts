import type { JsonObject } from '../../json/json-value.ts';
import { type BaseUrl, linksTo, urlOf } from './links.ts';
import { newestMinor, oldestMinor } from './microversion.ts';

/** `GET /`: which versions there are, for clients that know nothing yet. */
export function rootDocument(base: BaseUrl): JsonObject {
  return {
    name: 'OpenStack Ironic API',
    description:
      'The built-in bare metal registry of ironic-inspector: nodes and ports in the shapes of Ironic.',
    default_version: versionOne(base),
    versions: [versionOne(base)],
  };
}

/** `GET /v1`: what there is in version 1. */
export function versionDocument(base: BaseUrl): JsonObject {
  const documentation = {
    href: 'https://docs.openstack.org/ironic/latest/contributor/webapi.html',
    rel: 'describedby',
    type: 'text/html',
  };
  return {
    id: 'v1',
    links: [{ href: urlOf(base, ''), rel: 'self' }, documentation],
    media_types: { base: 'application/json', type: 'application/vnd.openstack.ironic.v1+json' },
    drivers: linksTo(base, 'drivers/'),
    nodes: linksTo(base, 'nodes/'),
    ports: linksTo(base, 'ports/'),
    version: versionOne(base),
  };
}

function versionOne(base: BaseUrl): JsonObject {
  return {
    id: 'v1',
    links: [{ href: urlOf(base, ''), rel: 'self' }],
    status: 'CURRENT',
    min_version: `1.${oldestMinor}`,
    version: `1.${newestMinor}`,
  };
}
