import type { Proxies } from './http-transport.ts';

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
