import type { JsonObject } from '../json/json-value.ts';

/**
 * The document a ramdisk posts to `/v1/continue`, as hooks read and extend it. Nothing in it is trusted:
 * the readers of `inventory/` give typed parts, drop what does not fit and say so.
 */
export type RamdiskData = JsonObject;
