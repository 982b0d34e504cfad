import { join } from 'node:path';

/** Tried in turn where the user has named no editor that is there, as the original does. */
const usualEditors = ['sensible-editor', 'editor', 'nano', 'vim', 'code'];

/** What finding an editor takes from its surroundings. */
export interface EditorSearch {
  /** Only `EDITOR`, `VISUAL` and `PATH` are looked at. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

/**
 * The program that opens a file for the user: `$EDITOR`, `$VISUAL`, or what machines usually have.
 *
 * @throws Error when there is none.
 */
export function findEditor({ environment, exists }: EditorSearch): string {
  const chosen = [environment['EDITOR'], environment['VISUAL']].filter(
    (name): name is string => name !== undefined && name !== '',
  );
  const path = chosen.find((name) => name.includes('/') && exists(name));
  if (path !== undefined) return path;
  const names = [...chosen.filter((name) => !name.includes('/')), ...usualEditors];
  const folders = (environment['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => exists(file));
  if (found === undefined) {
    throw new Error('No suitable editor found. Please set the "EDITOR" or "VISUAL" environment variables');
  }
  return found;
}
