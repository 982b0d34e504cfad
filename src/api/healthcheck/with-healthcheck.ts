import { existsSync } from 'node:fs';
import { hostname, platform, release } from 'node:os';
import { systemClock } from '../../host/clock.ts';
import type { Answer } from '../answer.ts';
import { type HttpReply, type HttpRequest, headerOf } from '../http-message.ts';
import { parseTarget } from '../request-target.ts';
import { acceptedType } from './accepted-type.ts';
import { type CheckedHealth, healthBackends } from './health-backends.ts';
import { type Diagnostics, healthReply, isHealthy } from './health-document.ts';
import type { HealthcheckOptions } from './healthcheck-options.ts';
import { sourceRanges } from './source-ranges.ts';

/** Any of them says that a proxy has passed the request on. */
const proxyHeaders = ['', '-proto', '-host', '-for', '-prefix'].map((end) => `x-forwarded${end}`);

/** Where the health check looks, and what it tells of the process. */
export interface HealthSurroundings extends CheckedHealth {
  readonly diagnostics: () => Diagnostics;
}

/** This machine and this process. */
export const thisMachine: HealthSurroundings = {
  exists: existsSync,
  diagnostics: () => ({
    hostname: hostname(),
    now: systemClock.now().toISOString().replace('T', ' ').replace('Z', ''),
    platform: `${platform()} ${release()}`,
    nodeVersion: process.version,
    memory: { ...process.memoryUsage() },
  }),
};

/**
 * Answers the path of the health check, before anybody is asked for credentials. Whoever may not ask finds
 * what the API has at that path, which is nothing.
 *
 * @throws InspectorError `invalid` for options that do not work.
 */
export function withHealthcheck(
  answer: Answer,
  options: HealthcheckOptions,
  { diagnostics, ...checked }: HealthSurroundings = thisMachine,
): Answer {
  if (!options.enabled) return answer;
  const backends = healthBackends(options, checked);
  const isAllowed = sourceRanges(options.allowed_source_ranges);
  const check = (request: HttpRequest): HttpReply => {
    const results = backends.map((backend) => backend(portOf(request)));
    if (request.method === 'HEAD') return { status: isHealthy(results) ? 204 : 503, headers: {}, body: '' };
    const type = acceptedType(headerOf(request, 'accept'));
    return healthReply(type, results, options.detailed ? diagnostics() : undefined);
  };
  return async (request) => {
    const isForUs =
      pathOf(request.target) === options.path &&
      isAllowed(request.peer) &&
      !(options.ignore_proxied_requests && isProxied(request));
    return isForUs ? check(request) : answer(request);
  };
}

/** Decoded, with a slash at the end if there is one; double slashes are no path of ours. */
function pathOf(target: string): string | undefined {
  const { cleanPath, hasDoubleSlash } = parseTarget(target);
  return hasDoubleSlash || target.startsWith('//') ? undefined : decodeURI(cleanPath);
}

function isProxied(request: HttpRequest): boolean {
  return proxyHeaders.some((name) => (headerOf(request, name) ?? '') !== '');
}

function portOf({ authority }: HttpRequest): number | undefined {
  const [, port] = /:(\d+)$/.exec(authority) ?? [];
  return port === undefined ? undefined : Number(port);
}
