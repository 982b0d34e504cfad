/**
 * Names a request as the log does, for who asks about it. The original sends no such header
 * (docs/compatibility.md, request-id-header). The name is the usual one of the web: OpenStack's
 * `X-OpenStack-Request-ID` makes its clients print and log IDs where they print none with the original.
 */
export const requestIdHeader = 'X-Request-ID';
