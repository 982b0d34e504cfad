import { messageOf } from '../errors/inspector-error.ts';
import type { Clock } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { TimelineStore } from '../nodes/timeline-store.ts';
import { BootSightings } from './boot-sightings.ts';
import { LogFollower } from './log-follower.ts';

/** What boots are followed with. */
export interface FollowingBoots {
  /** The log of dnsmasq. */
  readonly path: string;
  readonly timeline: Pick<TimelineStore, 'see'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Looks at a log again and again. */
export interface BootFollower {
  /**
   * Reads and records what has come since the last time. Trouble with the file is told once. Who asks during a look,
   * shares it.
   */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Pieces of the log in one look; the rest is for the next, so that a stop need not wait for long. */
const mostPieces = 64;

/**
 * Follows what dnsmasq does for machines under introspection. The first look finds the end of the log. The next piece
 * is read when the last one has been recorded, so that a flood of lines waits in the file and not in memory.
 */
export function followBoots({ path, timeline, clock, log }: FollowingBoots): BootFollower {
  const follower = new LogFollower(path);
  const sightings = new BootSightings(clock);
  let trouble = '';
  const nextLines = async (): Promise<readonly string[] | undefined> => {
    try {
      const lines = await follower.next();
      if (trouble !== '') log.info(`Boot evidence: ${path} can be read again`);
      trouble = '';
      return lines;
    } catch (error) {
      const message = messageOf(error);
      if (message !== trouble) log.warning(`Boot evidence: cannot read the log of dnsmasq: ${message}`);
      trouble = message;
      return undefined;
    }
  };
  const lookNow = async () => {
    for (let piece = 0; piece < mostPieces; piece++) {
      const lines = await nextLines();
      if (lines === undefined) return;
      await timeline.see(sightings.in(lines));
    }
  };
  let looking: Promise<void> | undefined;
  return {
    look() {
      looking ??= lookNow().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    close: () => follower.close(),
  };
}
