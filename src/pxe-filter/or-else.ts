import { type ErrorKind, InspectorError, messageOf } from '../errors/inspector-error.ts';

/**
 * Does something whose failures an operator reads in a sentence that begins so.
 *
 * @param kindOf Of the error that comes out, by the one that went in.
 * @throws InspectorError; what is none passes as it is.
 */
export async function orElse(
  kindOf: (error: InspectorError) => ErrorKind,
  beginning: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    throw new InspectorError(kindOf(error), `${beginning}: ${messageOf(error)}`, { cause: error });
  }
}
