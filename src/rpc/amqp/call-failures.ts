/** The call reached nobody, so that nothing has been done of it. */
export class CallUndelivered extends Error {}

/** The call may have been done in part: its conductor, or the way to it, went away. */
export class CallLost extends Error {}
