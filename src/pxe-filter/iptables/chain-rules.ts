import type { Access, AccessMode } from '../access.ts';

/** What the chain says: the MAC addresses that it names, and what that means. */
export interface ChainContent {
  readonly mode: AccessMode;
  /** Denied ones in a `deny-list`, allowed ones in an `allow-list`, none while `closed`. */
  readonly macs: ReadonlySet<string>;
}

/** The verdicts of a mode, as the original has them: on each MAC address of the chain, and on all others. */
const verdicts = {
  closed: { named: 'DROP', others: 'REJECT' },
  'deny-list': { named: 'DROP', others: 'ACCEPT' },
  'allow-list': { named: 'ACCEPT', others: 'DROP' },
} as const satisfies Record<AccessMode, { readonly named: string; readonly others: string }>;

const modes: readonly AccessMode[] = ['closed', 'deny-list', 'allow-list'];

/** Those that the chain has to name. */
export function namedMacs({ mode, allowed, denied }: Access): ReadonlySet<string> {
  if (mode === 'closed') return new Set();
  return mode === 'deny-list' ? denied : allowed;
}

/** The rule for one MAC address, without the name of the chain; iptables-save spells it the same. */
export function macRule(mode: AccessMode, mac: string): string {
  return `-m mac --mac-source ${mac} -j ${verdicts[mode].named}`;
}

/** All rules, in order, without the name of the chain. */
export function chainRules({ mode, macs }: ChainContent): string[] {
  return [...[...macs].map((mac) => macRule(mode, mac)), `-j ${verdicts[mode].others}`];
}

const macRulePattern = /^-m mac --mac-source ([0-9A-Fa-f:]{17}) -j (ACCEPT|DROP)$/;
const lastRulePattern = /^-j (ACCEPT|DROP|REJECT)(?: --reject-with icmp6?-port-unreachable)?$/;

/** Whether this driver or the original could have made the rule, in whatever chain and state. */
export function isOurRule(rule: string): boolean {
  return macRulePattern.test(rule) || lastRulePattern.test(rule);
}

/** What rules of iptables-save say; nothing when no `ChainContent` has exactly these rules. */
export function readChain(rules: readonly string[]): ChainContent | undefined {
  const last = lastRulePattern.exec(rules.at(-1) ?? '')?.[1];
  const mode = modes.find((one) => verdicts[one].others === last);
  if (mode === undefined) return undefined;
  const macs = new Set<string>();
  for (const rule of rules.slice(0, -1)) {
    const [, mac = '', verdict] = macRulePattern.exec(rule) ?? [];
    if (verdict !== verdicts[mode].named) return undefined;
    macs.add(mac.toLowerCase());
  }
  const isExact = macs.size === rules.length - 1 && (mode !== 'closed' || macs.size === 0);
  return isExact ? { mode, macs } : undefined;
}
