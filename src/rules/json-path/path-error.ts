import { InspectorError } from '../../errors/inspector-error.ts';

/** A field path that does not parse, or does not fit the data that it is asked of. */
export function pathError(message: string): InspectorError {
  return new InspectorError('invalid', message);
}
