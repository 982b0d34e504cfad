import { type HttpRequest, headerOf } from '../http-message.ts';
import type { CorsOptions } from './cors-options.ts';

type Headers = Readonly<Record<string, string>>;

/** What the sites of one section may do. */
export type OriginRules = Omit<CorsOptions, 'allowed_origin'>;

/** The rules by site. */
export type Origins = ReadonlyMap<string, OriginRules>;

/** Headers that a page may always set (upper case); the original's list. */
const simpleHeaders = [
  'ACCEPT',
  'ACCEPT-LANGUAGE',
  'CONTENT-TYPE',
  'CACHE-CONTROL',
  'CONTENT-LANGUAGE',
  'EXPIRES',
  'LAST-MODIFIED',
  'PRAGMA',
];

/** For an answer to a request that a page makes: who may read it. Nothing for a site that is not allowed. */
export function answerHeaders(origins: Origins, request: Pick<HttpRequest, 'headers'>): Headers {
  const allowed = allowedOrigin(origins, request);
  if (allowed === undefined) return {};
  const { origin, rules } = allowed;
  const exposed = rules.expose_headers.join(',');
  return {
    Vary: 'Origin',
    ...originHeaders(origin, rules),
    ...(exposed === '' ? {} : { 'Access-Control-Expose-Headers': exposed }),
  };
}

/**
 * For the question that a browser asks before a request. Nothing unless site, method and all headers are
 * allowed, which is how the browser learns that they are not.
 */
export function preflightHeaders(origins: Origins, request: Pick<HttpRequest, 'headers'>): Headers {
  const allowed = allowedOrigin(origins, request);
  const method = headerOf(request, 'access-control-request-method');
  if (allowed === undefined || method === undefined) return {};
  const { origin, rules } = allowed;
  const wanted = (headerOf(request, 'access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const permitted = new Set([...rules.allow_headers.map((name) => name.toUpperCase()), ...simpleHeaders]);
  if (!rules.allow_methods.includes(method)) return {};
  if (!wanted.every((name) => permitted.has(name.toUpperCase()))) return {};
  return {
    Vary: 'Origin',
    ...originHeaders(origin, rules),
    ...(rules.max_age === 0 ? {} : { 'Access-Control-Max-Age': String(rules.max_age) }),
    'Access-Control-Allow-Methods': method,
    ...(wanted.length === 0 ? {} : { 'Access-Control-Allow-Headers': wanted.join(',') }),
  };
}

function allowedOrigin(
  origins: Origins,
  request: Pick<HttpRequest, 'headers'>,
): { origin: string; rules: OriginRules } | undefined {
  const asked = headerOf(request, 'origin');
  if (asked === undefined) return undefined;
  const origin = origins.has(asked) ? asked : '*';
  const rules = origins.get(origin);
  return rules && { origin, rules };
}

function originHeaders(origin: string, rules: OriginRules): Headers {
  return {
    'Access-Control-Allow-Origin': origin,
    ...(rules.allow_credentials ? { 'Access-Control-Allow-Credentials': 'true' } : {}),
  };
}
