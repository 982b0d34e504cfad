/** Says that this process is the one service that works on the database. */
export interface ServiceClaim {
  /** Whether it still stands; one that was lost with its connection is made again if nobody else has. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}
