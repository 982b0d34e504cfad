import { InspectorError } from '../errors/inspector-error.ts';

/** Proxies as the usual environment variables name them; empty for none. */
export interface Proxies {
  /** `http_proxy`: `http://proxy:3128`. */
  readonly http: string;
  readonly https: string;
  /** `no_proxy`: what is reached directly, comma-separated. */
  readonly except: string;
}

/** The proxies that an environment's variables name, in lower case or in upper; the lower case wins. */
export function proxiesOf(environment: Readonly<Record<string, string | undefined>>): Proxies {
  const variable = (name: string) => environment[name] || environment[name.toUpperCase()] || '';
  const all = variable('all_proxy');
  return {
    http: variable('http_proxy') || all,
    https: variable('https_proxy') || all,
    except: variable('no_proxy'),
  };
}

/**
 * The URL of a proxy, which may lack `http://`, as the original's library has it.
 *
 * @param variable for errors: `http_proxy`
 * @throws InspectorError `invalid` for what is no URL of a proxy.
 */
export function proxyUrl(variable: string, given: string): URL {
  const url = URL.parse(given.includes('://') ? given : `http://${given}`);
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  // What was given may hold a password, and is not repeated.
  throw new InspectorError(
    'invalid',
    `${variable} in the environment: expected the URL of a proxy such as http://proxy:3128`,
  );
}
