/**
 * The error of an introspection whose ramdisk did not call back in time, to the letter, since clients compare it; how
 * far it came is in its timeline and in the log. What kept data of a ramdisk from being processed comes after it.
 */
export const introspectionTimeout = 'Introspection timeout';

/** The error of an introspection that was aborted, as in the original. */
export const canceledByOperator = 'Canceled by operator';
