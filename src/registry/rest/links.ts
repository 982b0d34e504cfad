import type { JsonObject } from '../../json/json-value.ts';

/** Where clients find the registry: scheme, host and prefix, such as `http://127.0.0.1:5050/baremetal`. */
export type BaseUrl = string;

/** The address of a resource, `nodes/<uuid>`. */
export function urlOf(base: BaseUrl, path: string): string {
  return `${base}/v1/${path}`;
}

/** The two links that every resource carries. */
export function linksTo(base: BaseUrl, path: string): JsonObject[] {
  return [
    { href: urlOf(base, path), rel: 'self' },
    { href: `${base}/${path}`, rel: 'bookmark' },
  ];
}
