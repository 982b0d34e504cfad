import { type ErrorKind, errorNameOf, InspectorError, messageOf } from '../errors/inspector-error.ts';

const kinds: ReadonlySet<unknown> = new Set<ErrorKind>([
  'invalid',
  'not-found',
  'conflict',
  'forbidden',
  'too-large',
  'too-slow',
  'not-acceptable',
  'unavailable',
  'internal',
]);

/** Whether a plug-in threw it on purpose. Its InspectorError may come from another copy of this package. */
export function isExpected(thrown: unknown): thrown is InspectorError {
  if (thrown instanceof InspectorError) return true;
  return (
    thrown instanceof Error && thrown.name === 'InspectorError' && kinds.has(Reflect.get(thrown, 'kind'))
  );
}

/** What a plug-in threw, in words that name it: `hook acme of plug-in acme-racks`. */
export function pluginFailure(who: string, thrown: unknown): InspectorError {
  if (isExpected(thrown)) {
    // The time limit's own words name it already.
    if (thrown.message.startsWith(who) && thrown instanceof InspectorError) return thrown;
    return new InspectorError(thrown.kind, `${who}: ${thrown.message}`, { cause: thrown });
  }
  const message = `Unexpected exception ${errorNameOf(thrown)} in ${who}: ${messageOf(thrown)}`;
  return new InspectorError('internal', message, { cause: thrown });
}
