import { type HttpRequest, headerOf } from './http-message.ts';

/** A host name, an IPv4 address or an IPv6 address in brackets, perhaps with a port. */
const hostPattern = /^(?:[\w.~-]+|\[[0-9a-f:.%\w]+\])(?::\d{1,5})?$/i;

const defaultPorts: Readonly<Record<string, string>> = { http: ':80', https: ':443' };

/**
 * The URL of this service as the client sees it, without a slash at the end. The last value of each
 * `X-Forwarded-*` header is believed, whoever sent it, as one proxy in front of the service is usual; values
 * that are no scheme or host are not (docs/compatibility.md, forwarded-nonsense).
 */
export function requestRoot(request: HttpRequest): string {
  const scheme = forwarded(request, 'proto', /^https?$/) ?? (request.secure ? 'https' : 'http');
  const port = forwarded(request, 'port', /^\d{1,5}$/);
  const named = forwarded(request, 'host', hostPattern) ?? hostHeader(request) ?? request.authority;
  const host = port === undefined ? named : `${named.replace(/:\d+$/, '')}:${port}`;
  return `${scheme}://${withoutDefaultPort(host, scheme)}${prefix(request)}`;
}

function hostHeader(request: HttpRequest): string | undefined {
  const host = headerOf(request, 'host');
  return host !== undefined && hostPattern.test(host) ? host : undefined;
}

function withoutDefaultPort(host: string, scheme: string): string {
  const suffix = defaultPorts[scheme];
  return suffix !== undefined && host.endsWith(suffix) ? host.slice(0, -suffix.length) : host;
}

function prefix(request: HttpRequest): string {
  const path = forwarded(request, 'prefix', /^[\w/.~%!$&'()*+,;=:@-]+$/) ?? '';
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.map((segment) => `/${segment}`).join('');
}

function forwarded(request: HttpRequest, name: string, pattern: RegExp): string | undefined {
  const last = headerOf(request, `x-forwarded-${name}`)?.split(',').at(-1)?.trim();
  return last !== undefined && pattern.test(last) ? last : undefined;
}
