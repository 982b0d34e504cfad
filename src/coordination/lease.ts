/**
 * Seconds that a conductor's place, its locks and its leadership hold without being renewed; as long as the
 * original's memcached driver lets them.
 */
export const leaseSeconds = 30;
