import { errorNameOf, InspectorError, messageOf } from '../errors/inspector-error.ts';

/** What is stored as the error of an introspection whose processing failed, and told to the ramdisk. */
export function processingFailure(error: unknown): InspectorError {
  if (error instanceof InspectorError) return error;
  const text = `Unexpected exception ${errorNameOf(error)} during processing: ${messageOf(error)}`;
  return new InspectorError('internal', text, { cause: error });
}
