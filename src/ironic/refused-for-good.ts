import { InspectorError } from '../errors/inspector-error.ts';
import { IronicFault } from './ironic-fault.ts';

/**
 * A change that Ironic refuses with a conflict which stays, such as a name that another node has, is refused as
 * `invalid`: `conflict` says that trying again may help.
 */
export async function refusedForGood<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof IronicFault) || !error.isForGood) throw error;
    throw new InspectorError('invalid', error.message, { cause: error });
  }
}

/** For what is made: `conflict` is left to what is taken, and anything else of its kind is for the moment. */
export async function takenOrBusy<T>(creation: Promise<T>): Promise<T> {
  try {
    return await creation;
  } catch (error) {
    if (!(error instanceof IronicFault) || error.status !== 409 || error.isForGood) throw error;
    throw new InspectorError('unavailable', error.message, { cause: error });
  }
}
