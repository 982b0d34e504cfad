/**
 * How the error of an introspection begins that did not end in time; in the original, it is all of it. After it comes
 * how far the machine came and what to check, or what kept the data of its ramdisk from being processed.
 */
export const introspectionTimeout = 'Introspection timeout';

/** The error of an introspection that was aborted, as in the original. */
export const canceledByOperator = 'Canceled by operator';
