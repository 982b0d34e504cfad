import { abortIntrospection } from '../introspection/abort.ts';
import { continueIntrospection } from '../introspection/continue.ts';
import type { Introspection } from '../introspection/introspection.ts';
import { reapply } from '../introspection/reapply.ts';
import { startIntrospection } from '../introspection/start.ts';
import type { ConductorApi } from '../rpc/conductor-api.ts';

/** Answers what the API asks for, each request as one use case of `introspection/`. */
export function conductor(on: Introspection): ConductorApi {
  return {
    start: (node, options) => startIntrospection(on, node, options),
    abort: (node) => abortIntrospection(on, node),
    reapply: (node, data) => reapply(on, node, data),
    continue: (data) => continueIntrospection(on, data),
  };
}
