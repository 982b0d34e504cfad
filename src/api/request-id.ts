/**
 * Names a request as the log does, for who asks about it. The original sends no such header
 * (docs/compatibility.md, request-id-header); the name is that of other services of its family.
 */
export const requestIdHeader = 'X-OpenStack-Request-ID';
