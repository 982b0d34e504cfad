import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { Introspection } from './introspection.ts';
import { logFor } from './log-for.ts';

type Speaking = Pick<Introspection, 'log' | 'bareMetal' | 'data'>;

/** Introspection whose messages go to this log, those of its clients of other services, too. */
export function loggingTo<T extends Speaking>(on: T, log: Logger): T {
  const bareMetal = on.bareMetal.loggingTo?.(log) ?? on.bareMetal;
  const data = on.data.loggingTo?.(log) ?? on.data;
  return { ...on, log, bareMetal, data };
}

/** Introspection whose messages have a node in front. The parameters are those of `logFor`. */
export function aboutNode<T extends Speaking>(
  on: T,
  record: Pick<NodeRecord, 'uuid' | 'state'> | undefined,
  data: JsonObject = {},
): T {
  return loggingTo(on, logFor(on.log, record, data));
}
