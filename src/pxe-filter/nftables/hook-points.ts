import { InspectorError } from '../../errors/inspector-error.ts';
import type { FilterPlace } from './filter-place.ts';
import type { InterfaceKind } from './interface-kind.ts';

/** Families of nftables in which the driver may have a table. */
export const families = ['inet', 'bridge', 'netdev'] as const;
export type Family = (typeof families)[number];

/** A place of the kernel's where packets of an interface are caught. */
export type HookPoint =
  | { readonly at: 'inet-input'; readonly interfaceName: string }
  /** What comes up from a bridge. */
  | { readonly at: 'bridge-input'; readonly interfaceName: string }
  /** What comes in at a port of a bridge. */
  | { readonly at: 'bridge-prerouting'; readonly interfaceName: string }
  | { readonly at: 'netdev-ingress'; readonly interfaceName: string }
  /** The only one that sees answers in place of requests: also of servers on raw sockets. */
  | { readonly at: 'netdev-egress'; readonly interfaceName: string };

export const familyOf: Readonly<Record<HookPoint['at'], Family>> = {
  'inet-input': 'inet',
  'bridge-input': 'bridge',
  'bridge-prerouting': 'bridge',
  'netdev-ingress': 'netdev',
  'netdev-egress': 'netdev',
};

/** What kernel and nft can do. */
export interface HookSupport {
  /** The hook for what leaves an interface: Linux 5.16, nftables 1.0.1. */
  readonly egress: boolean;
  /** Rules that know the bridge of a packet: the module nft_meta_bridge. */
  readonly bridgeName: boolean;
}

/** Where the packets of all interfaces are caught. */
export interface ChosenHooks {
  readonly points: readonly HookPoint[];
  /** What an operator should know of, such as who is not stopped. */
  readonly warnings: readonly string[];
}

/**
 * Chooses by what the interfaces are. One that is not there is caught by its name, so that it is not open at the
 * moment when it comes.
 *
 * @throws InspectorError `invalid` when `[nftables]hook` or the interface cannot be.
 */
export function chooseHooks(
  place: FilterPlace,
  kindOf: (interfaceName: string) => InterfaceKind,
  support: HookSupport,
): ChosenHooks {
  const chosen = place.interfaces.map((name) => chooseFor(name, kindOf(name), place.hook, support));
  return {
    points: chosen.flatMap(({ points }) => points),
    warnings: chosen.flatMap(({ warnings }) => warnings),
  };
}

function chooseFor(
  interfaceName: string,
  kind: InterfaceKind,
  hook: FilterPlace['hook'],
  support: HookSupport,
): ChosenHooks {
  const chosen = (places: readonly HookPoint['at'][], ...warnings: string[]): ChosenHooks => ({
    points: places.map((at) => ({ at, interfaceName })),
    warnings,
  });
  const answers = support.egress ? (['netdev-egress'] as const) : [];
  const unstopped = `DHCP servers on raw sockets are not stopped on ${interfaceName}: it takes Linux 5.16 and nftables 1.0.1`;
  const advice = support.egress ? [] : [unstopped];
  if (kind === 'other') {
    throw refusal(`${interfaceName} is no Ethernet interface, so its packets have no MAC addresses`);
  }
  if (kind === 'missing') {
    const until = hook === 'inet' ? '' : '; until it is, only servers without raw sockets are stopped';
    return chosen(['inet-input'], `there is no interface ${interfaceName} yet${until}`);
  }
  switch (hook) {
    case 'inet':
      return chosen(['inet-input']);
    case 'netdev':
      return chosen(['netdev-ingress', ...answers], ...advice);
    case 'bridge':
      return chosen([ofBridge(interfaceName, kind, support)]);
    default:
      if (kind === 'bridge-port') return chosen(['bridge-prerouting']);
      if (kind === 'bridge' && !support.egress && support.bridgeName) return chosen(['bridge-input']);
      return chosen(['inet-input', ...answers], ...advice);
  }
}

function ofBridge(interfaceName: string, kind: InterfaceKind, support: HookSupport): HookPoint['at'] {
  if (kind === 'bridge-port') return 'bridge-prerouting';
  if (kind !== 'bridge')
    throw refusal(`[nftables]hook is bridge, and ${interfaceName} is no bridge and no port of one`);
  if (support.bridgeName) return 'bridge-input';
  throw refusal(
    `[nftables]hook is bridge, and the kernel does not tell the bridge of a packet (module nft_meta_bridge) for ${interfaceName}`,
  );
}

function refusal(reason: string): InspectorError {
  return new InspectorError(
    'invalid',
    `${reason}. Set [nftables]interface to the interface of the DHCP server, or hook to auto`,
  );
}
