/** The conductors that are alive. */
export interface LiveConductors {
  /**
   * `[DEFAULT]host` of each, in any order.
   *
   * @throws InspectorError `unavailable` when that cannot be found out for now.
   */
  hosts(): Promise<readonly string[]>;
}
