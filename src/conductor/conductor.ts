import { abortIntrospection } from '../introspection/abort.ts';
import { continueIntrospection } from '../introspection/continue.ts';
import type { Introspection } from '../introspection/introspection.ts';
import { loggingTo } from '../introspection/logging-to.ts';
import { reapply } from '../introspection/reapply.ts';
import { startIntrospection } from '../introspection/start.ts';
import { withFields } from '../logging/with-fields.ts';
import type { ConductorApi, RequestContext } from '../rpc/conductor-api.ts';

/** Answers what the API asks for, each request as one use case of `introspection/`. */
export function conductor(on: Introspection): ConductorApi {
  return {
    start: (node, options, from) => startIntrospection(within(on, from), node, options),
    abort: (node, from) => abortIntrospection(within(on, from), node),
    reapply: (node, data, from) => reapply(within(on, from), node, data),
    continue: (data, from) => continueIntrospection(within(on, from), data),
  };
}

/** Introspection whose messages name the request, those of its work in the background too. */
function within(on: Introspection, from: RequestContext | undefined): Introspection {
  return from === undefined ? on : loggingTo(on, withFields(on.log, { request_id: from.requestId }));
}
