import { InspectorError } from '../../errors/inspector-error.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import { pythonStr } from '../../json/python-repr.ts';
import type { ProcessingHook } from '../processing-hook.ts';

/** Fails the introspection when the ramdisk reports that it failed. */
export function ramdiskErrorHook(): ProcessingHook {
  return {
    name: 'ramdisk_error',
    beforeProcessing(data) {
      const { error } = data;
      if (error === undefined || !isTruthy(error)) return;
      throw new InspectorError('invalid', `Ramdisk reported error: ${pythonStr(error)}`);
    },
  };
}
