import type { AccessMode } from '../access.ts';
import type { Family } from './hook-points.ts';

/**
 * Places in a packet. Ethernet: destination and source. From the UDP header on (8 octets), in DHCP: op, hlen, ciaddr,
 * giaddr, chaddr (RFC 2131, figure 1); in DHCPv6 the message type (RFC 8415, 8).
 */
const at = {
  destination: '@ll,0,48',
  source: '@ll,48,48',
  op: '@th,64,8',
  hlen: '@th,80,8',
  ciaddr: '@th,160,32',
  giaddr: '@th,256,32',
  chaddr: '@th,288,48',
  messageType: '@th,64,8',
};

/** Both sets: numbers of six octets, so that one set serves Ethernet sources and `chaddr`. */
export const setType = `typeof ${at.chaddr}`;
export const setNames = ['allowed', 'denied'] as const;

/** Verdicts that are counted; each is a counter and the chain that counts and decides. */
export const verdicts = ['accepted', 'denied', 'strangers', 'unreadable', 'relayed6', 'answers'] as const;
export type Verdict = (typeof verdicts)[number];

/** The chain of a verdict. */
const to = (verdict: Verdict) => `goto to_${verdict}`;

/** Rules by chain. */
export type Chains = Readonly<Record<string, readonly string[]>>;

const verdictChains: Chains = Object.fromEntries(
  verdicts.map((verdict) => [
    `to_${verdict}`,
    [`counter name ${verdict} ${verdict === 'accepted' ? 'accept' : 'drop'}`],
  ]),
);

/**
 * DHCP. Ethernet source and `chaddr` must both not be denied, whichever is the client's. Where only the allowed come
 * in, both must be allowed; but a relay (giaddr) and a router on the way of a renewal (ciaddr) have Ethernet sources
 * of their own, and InfiniBand clients no `chaddr` (RFC 4390: hlen 0).
 */
const requests4: Chains = {
  requests4: [
    // An answer, for a relay that runs on this machine.
    `${at.op} 2 return`,
    // A first fragment may end before chaddr.
    `ip frag-off & 0x3fff != 0 ${to('unreadable')}`,
    'goto judge_requests4',
  ],
  closed_requests4: [
    `${at.source} @denied ${to('denied')}`,
    `${at.chaddr} @denied ${to('denied')}`,
    to('strangers'),
  ],
  deny_list_requests4: [
    `${at.source} @denied ${to('denied')}`,
    `${at.chaddr} @denied ${to('denied')}`,
    // True of everything that is long enough.
    `${at.chaddr} >= 0 ${to('accepted')}`,
    to('unreadable'),
  ],
  allow_list_requests4: [
    `${at.chaddr} @denied ${to('denied')}`,
    `${at.ciaddr} 0 ${at.giaddr} 0 goto direct_requests4`,
    `${at.hlen} 6 ${at.chaddr} @allowed ${to('accepted')}`,
    'goto closed_requests4',
  ],
  direct_requests4: [
    `${at.source} @allowed ${at.chaddr} @allowed ${to('accepted')}`,
    `${at.source} @allowed ${at.hlen} != 6 ${to('accepted')}`,
    'goto closed_requests4',
  ],
};

/** DHCPv6, by the Ethernet source alone: the client's DUID is at no fixed place, and need not hold its MAC address. */
const requests6 = (acceptsRelayed: boolean): Chains => ({
  requests6: [
    // RELAY-REPL, for a relay that runs on this machine.
    `${at.messageType} 13 return`,
    `exthdr frag exists ${to('unreadable')}`,
    // RELAY-FORW
    ...(acceptsRelayed ? [] : [`${at.messageType} 12 ${to('relayed6')}`]),
    'goto judge_requests6',
  ],
  closed_requests6: [`${at.source} @denied ${to('denied')}`, to('strangers')],
  deny_list_requests6: [
    `${at.source} @denied ${to('denied')}`,
    `${at.messageType} >= 0 ${to('accepted')}`,
    to('unreadable'),
  ],
  allow_list_requests6: [`${at.source} @allowed ${to('accepted')}`, 'goto closed_requests6'],
});

/** Answers of servers on this machine, whose requests were judged before unless they read raw sockets. */
const answers: Chains = {
  answers4: [`${at.op} != 2 return`, 'goto judge_answers4'],
  closed_answers4: [to('answers')],
  deny_list_answers4: [`${at.destination} @denied ${to('answers')}`, `${at.chaddr} @denied ${to('answers')}`],
  allow_list_answers4: [
    `${at.destination} @denied ${to('answers')}`,
    `${at.hlen} != 6 return`,
    `${at.chaddr} @allowed return`,
    to('answers'),
  ],
  answers6: [`${at.messageType} 13 return`, 'goto judge_answers6'],
  closed_answers6: [to('answers')],
  deny_list_answers6: [`${at.destination} @denied ${to('answers')}`],
  allow_list_answers6: [`${at.destination} @allowed return`, to('answers')],
};

/** The chains that decide in a table, whatever is in force. Later ones refer to earlier ones and the other way round. */
export function decidingChains(family: Family, acceptsRelayed6: boolean): Chains {
  return {
    ...verdictChains,
    ...requests4,
    ...requests6(acceptsRelayed6),
    ...(family === 'netdev' ? answers : {}),
  };
}

/** The chains of one rule that say which mode is in force. */
export function modeChains(family: Family, mode: AccessMode): Chains {
  const judged = ['requests4', 'requests6', ...(family === 'netdev' ? ['answers4', 'answers6'] : [])];
  return Object.fromEntries(judged.map((what) => [`judge_${what}`, [`goto ${modeChain(mode, what)}`]]));
}

/** What the rule of a mode chain goes to. */
function modeChain(mode: AccessMode, judged: string): string {
  return `${mode.replace('-', '_')}_${judged}`;
}
