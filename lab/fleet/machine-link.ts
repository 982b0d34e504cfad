import { seededRandom } from '../../testing/seeded-random.ts';
import type { FleetMachine } from './fleet-machine.ts';
import type { Loss } from './fleet-record.ts';

/** How a connection is lost: before it is there, in the middle of what is sent, or when the answer is under way. */
export type BrokenConnection = 'refused' | 'cut' | 'unanswered';

/** What gets lost between a machine and everybody else. */
export interface MachineLink {
  /** Whether the next packet is lost. */
  losesPacket(): boolean;
  /** How the next connection is lost; `undefined` where it holds. */
  losesConnection(): BrokenConnection | undefined;
}

/** Of a hundred, on a lossy link. */
const lostPackets = 10;
const lostConnections = 25;

/** The link of a machine; what is lost on it is drawn from the machine's seed, and added up. */
export function machineLink({ traits, seed }: FleetMachine, lost: Record<Loss, number>): MachineLink {
  if (!traits.has('lossy')) return { losesPacket: () => false, losesConnection: () => undefined };
  const random = seededRandom(seed);
  return {
    losesPacket() {
      const isLost = random.below(100) < lostPackets;
      if (isLost) lost.packets += 1;
      return isLost;
    },
    losesConnection() {
      if (random.below(100) >= lostConnections) return undefined;
      const how = random.pick(['refused', 'cut', 'unanswered'] as const);
      lost[how === 'unanswered' ? 'answers' : 'connections'] += 1;
      return how;
    },
  };
}
