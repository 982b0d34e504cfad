import type { Dispatcher } from 'undici';

/** What a request may take at most. */
export interface AnswerLimits {
  /**
   * Milliseconds altogether, however steadily the answer trickles in. They begin when the request goes out, and not
   * while it waits for a free connection: many that are asked for at once wait long although each of them is quick.
   */
  readonly time: number;
  /** Bytes of the answer. */
  readonly size: number;
}

/** Ends requests that take more, also where undici's own limits do not reach, such as behind a proxy. */
export function withinLimits(limits: AnswerLimits): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, limited(handler, limits));
}

function limited(
  handler: Dispatcher.DispatchHandler,
  { time, size }: AnswerLimits,
): Dispatcher.DispatchHandler {
  let timer: NodeJS.Timeout | undefined;
  let received = 0;
  return {
    onRequestStart(controller, context) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(tooLong(time)), time).unref();
      handler.onRequestStart?.(controller, context);
    },
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData(controller, chunk) {
      received += chunk.length;
      if (received > size) controller.abort(tooLarge(size));
      else handler.onResponseData?.(controller, chunk);
    },
    onResponseEnd(...args) {
      clearTimeout(timer);
      handler.onResponseEnd?.(...args);
    },
    onResponseError(...args) {
      clearTimeout(timer);
      handler.onResponseError?.(...args);
    },
  };
}

function tooLong(time: number): Error {
  const error = new Error(`the answer is not complete after ${time / 1000} s`);
  return Object.assign(error, { code: 'ETIMEDOUT' });
}

function tooLarge(size: number): Error {
  const error = new Error(`the answer has more than ${size} bytes`);
  return Object.assign(error, { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
}
