import { existsSync, readdirSync, rmSync } from 'node:fs';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { LabFolder } from '../setup/lab-folder.ts';

/**
 * Deletes the folder of a lab that is not up.
 *
 * @returns whether there was one
 * @throws InspectorError `invalid` when the folder holds something else
 */
export function removeLeftovers({ path, settings }: LabFolder): boolean {
  if (!existsSync(path)) return false;
  if (!existsSync(settings) && readdirSync(path).length > 0) {
    throw new InspectorError(
      'invalid',
      `${path} holds other things than a lab. Name a new folder with --state.`,
    );
  }
  rmSync(path, { recursive: true, force: true });
  return true;
}
