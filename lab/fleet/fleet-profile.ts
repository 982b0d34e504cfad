import { InspectorError } from '../../src/errors/inspector-error.ts';

/** What machines of a fleet may be afflicted with, and how many of a hundred are when it is asked for. */
export const shares = {
  /** Long waits between the steps of a boot, and a document that trickles. */
  slow: 50,
  /** Packets and connections get lost. */
  lossy: 50,
  /** Pairs in which one machine has a MAC address of the other. */
  'duplicate-mac': 10,
  /** LLDP data that is malformed, huge, or lies about its lengths. */
  'lying-lldp': 50,
  /** Calls back when its introspection has timed out. Few, as bulk runs slow down when more than one in ten do. */
  late: 5,
} as const;

export type Trait = keyof typeof shares;

const traits = Object.keys(shares) as Trait[];

/** The words for `--profile`. */
export const profileNames: readonly string[] = ['normal', ...traits, 'mix'];

/**
 * The traits that a profile gives to machines: none for `normal`, all for `mix`, several for `lossy,duplicate-mac`.
 *
 * @throws InspectorError `invalid` for another word
 */
export function traitsOf(profile: string): ReadonlySet<Trait> {
  const words = profile.split(',');
  const unknown = words.find((word) => !profileNames.includes(word));
  if (unknown !== undefined) {
    throw new InspectorError(
      'invalid',
      `Expected ${profileNames.join(', ')}, or several separated by commas, for the profile; got '${unknown}'.`,
    );
  }
  return new Set(traits.filter((trait) => words.includes(trait) || words.includes('mix')));
}
