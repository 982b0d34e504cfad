import { InspectorError } from '../errors/inspector-error.ts';
import { type JsonValue, objectsIn } from '../json/json-value.ts';

/** One endpoint of Keystone's catalogue. */
export interface CatalogueEndpoint {
  readonly serviceType: string;
  readonly serviceName: string;
  readonly interface: string;
  /** Its `region` and `region_id`. */
  readonly regions: readonly string[];
  readonly url: string;
}

/** Which endpoint is wanted. */
export interface EndpointQuery {
  /** The section that asks, for errors: `swift`. */
  readonly section: string;
  readonly serviceType: string;
  /** `null`: any. */
  readonly serviceName: string | null;
  /** `null`: any. */
  readonly region: string | null;
  /** In order of preference. */
  readonly interfaces: readonly string[];
}

/** Other names of a service type in catalogues, from the OpenStack service types authority. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  baremetal: ['bare-metal'],
};

/** An error lists no more endpoints than this. */
const mostListed = 20;

/** The endpoints in the `catalog` of a token; entries of another form are left out. */
export function readCatalogue(catalog: JsonValue | undefined): CatalogueEndpoint[] {
  return objectsIn(catalog).flatMap((service) =>
    objectsIn(service['endpoints']).flatMap((endpoint) => {
      const { url } = endpoint;
      if (typeof url !== 'string' || url === '') return [];
      return {
        serviceType: textOf(service['type']),
        serviceName: textOf(service['name']),
        interface: textOf(endpoint['interface']),
        regions: [textOf(endpoint['region']), textOf(endpoint['region_id'])],
        url,
      };
    }),
  );
}

/**
 * The URL of the first endpoint of the most preferred interface.
 *
 * @throws InspectorError `unavailable` saying what was looked for and what the catalogue has.
 */
export function endpointIn(catalogue: readonly CatalogueEndpoint[], query: EndpointQuery): string {
  const types = [query.serviceType, ...namesakes(query.serviceType)];
  const candidates = catalogue.filter(
    (endpoint) =>
      types.includes(endpoint.serviceType) &&
      (query.serviceName === null || endpoint.serviceName === query.serviceName) &&
      (query.region === null || endpoint.regions.includes(query.region)),
  );
  for (const wanted of query.interfaces) {
    const found = candidates.find((endpoint) => endpoint.interface === wanted);
    if (found !== undefined) return found.url;
  }
  throw new InspectorError('unavailable', notFound(catalogue, query));
}

/** The other names of a service type, whichever of them it is called by. */
function namesakes(type: string): readonly string[] {
  for (const [official, others] of Object.entries(aliases)) {
    if (official === type) return others;
    if (others.includes(type)) return [official, ...others.filter((other) => other !== type)];
  }
  return [];
}

function notFound(catalogue: readonly CatalogueEndpoint[], query: EndpointQuery): string {
  const { section, serviceType, serviceName, region, interfaces } = query;
  const wanted = [
    `an endpoint of type ${serviceType}`,
    ...(serviceName === null ? [] : [`of the service ${serviceName}`]),
    ...(region === null ? [] : [`in the region ${region}`]),
    `with the interface ${interfaces.join(' or ') || '(none given)'}`,
  ];
  const listed = catalogue.slice(0, mostListed).map((endpoint) => {
    const place = [endpoint.serviceName, endpoint.interface, endpoint.regions.find((name) => name !== '')];
    return `${endpoint.serviceType} (${place.filter(Boolean).join(', ')})`;
  });
  const more = catalogue.length > mostListed ? [`${catalogue.length - mostListed} more`] : [];
  return (
    `[${section}]: Keystone's catalogue has no endpoint as wanted: ${wanted.join(' ')}. ` +
    `It has: ${[...listed, ...more].join(', ') || 'nothing (the token may have no project)'}. ` +
    'Check service_type, service_name, region_name and valid_interfaces, or set endpoint_override'
  );
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
