import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Whether the server of a URL is reached directly: `no_proxy` has its name, the end of its name (`example.org` and
 * `.example.org` alike), its address, a network with its address (`192.0.2.0/24`), any of these with its port, or `*`.
 * Python's requests, with which the original sends, reads networks, too.
 */
export function isExcepted({ protocol, hostname, port }: URL, except: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return except.split(/[,\s]+/).some((entry) => {
    const { name, port: wanted = ownPort } = parsed(entry.toLowerCase());
    return wanted === ownPort && name !== '' && (name === '*' || isWithin(host, name));
  });
}

/** `name`, `name:port`, `2001:db8::1`, `[2001:db8::1]:port` */
function parsed(entry: string): { readonly name: string; readonly port?: string } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  return {
    name: (bracketed ?? plain ?? entry).replace(/^\*?\./, ''),
    ...(port === undefined ? {} : { port }),
  };
}

function isWithin(host: string, name: string): boolean {
  if (host === name || host.endsWith(`.${name}`)) return true;
  const family = isIPv6(host) ? 'ipv6' : 'ipv4';
  const [network = '', prefix = ''] = name.split('/');
  const longest = family === 'ipv6' ? 128 : 32;
  if (isIP(host) === 0 || isIP(host) !== isIP(network)) return false;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(host, family);
}
