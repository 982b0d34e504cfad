/**
 * Sees to it that only machines under introspection get an answer from the service's own DHCP.
 * `sync` brings what is in force in line with the node cache; it is called after every change of it.
 */
export interface PxeFilter {
  readonly name: string;
  sync(): Promise<void>;
}
