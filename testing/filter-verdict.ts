/** A request as the rules of INPUT see it. */
export interface FilteredRequest {
  readonly interfaceName: string;
  readonly port: number;
  readonly mac: string;
}

/**
 * What the filter table does with a UDP packet to this machine: ACCEPT, DROP or REJECT.
 *
 * @param saved The output of `iptables-save -t filter`, of which it understands what filters by interface, port and
 *   MAC address.
 * @throws Error for rules that have more to them.
 */
export function filterVerdict(saved: string, request: FilteredRequest): string {
  const chains = new Map<string, string[]>();
  for (const line of saved.split('\n')) {
    const [, chain = '', rule = ''] = /^-A (\S+) (.*)$/.exec(line) ?? [];
    chains.set(chain, [...(chains.get(chain) ?? []), rule]);
  }
  const policy = /^:INPUT (\S+)/m.exec(saved)?.[1] ?? 'ACCEPT';
  return walk('INPUT', chains, request) ?? policy;
}

const pattern =
  /^(?:-i (?<interface>\S+) )?(?:-p udp -m udp --dport (?<port>\d+) )?(?:-m mac --mac-source (?<mac>\S+) )?-j (?<target>\S+)(?: --reject-with \S+)?$/;

function walk(
  chain: string,
  chains: ReadonlyMap<string, readonly string[]>,
  request: FilteredRequest,
): string | undefined {
  for (const rule of chains.get(chain) ?? []) {
    const parts = pattern.exec(rule)?.groups;
    if (parts === undefined) throw new Error(`expected a rule of a DHCP filter, got ${rule}`);
    const { interface: name = request.interfaceName, port = String(request.port), mac, target = '' } = parts;
    if (name !== request.interfaceName || port !== String(request.port)) continue;
    if (mac !== undefined && mac.toLowerCase() !== request.mac) continue;
    if (['ACCEPT', 'DROP', 'REJECT'].includes(target)) return target;
    const verdict = walk(target, chains, request);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}
