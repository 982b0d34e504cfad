import { basename, join, resolve } from 'node:path';
import { InspectorError } from '../errors/inspector-error.ts';

/** Files of the project, and the folder in `/etc`. */
const project = 'ironic-inspector';

/** One `--config-file` or `--config-dir` of the command line. */
export type ConfigArgument = { readonly file: string } | { readonly directory: string };

/** What finding the files takes from its surroundings. */
export interface ConfigSearch {
  /** In the order of the command line. */
  readonly arguments: readonly ConfigArgument[];
  /** Path or name of the command; its base name without `.py` is searched for besides the project's. */
  readonly program: string;
  /** The user's home directory, for `~`. */
  readonly home: string;
  readonly workingDirectory: string;
  /** Only `SNAP` and `SNAP_COMMON` are looked at. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  exists(path: string): boolean;
  /** Names of what is in a directory; throws when it cannot be read. */
  listDirectory(path: string): readonly string[];
}

/**
 * Which files to read, as absolute paths; what a later one says wins. Without `--config-file` the default
 * places are searched, and likewise without `--config-dir`; what is given comes after what is searched.
 * @throws InspectorError `invalid` when a `--config-dir` cannot be read. Files are not opened here.
 */
export function findConfigFiles(search: ConfigSearch): string[] {
  const { arguments: given } = search;
  const found: string[] = [];
  if (!given.some((argument) => 'file' in argument)) found.push(...inDefaultPlaces(search, '.conf'));
  if (!given.some((argument) => 'directory' in argument)) {
    for (const directory of inDefaultPlaces(search, '.conf.d')) found.push(...filesIn(directory, search));
  }
  for (const argument of given) {
    if ('file' in argument) found.push(absolute(argument.file, search));
    else found.push(...filesIn(absolute(argument.directory, search), search));
  }
  return found;
}

/**
 * The first hit of the project's name, then that of the program's. Where both are the same file it is read once
 * (docs/compatibility.md, config-file-read-once).
 */
function inDefaultPlaces(search: ConfigSearch, extension: string): string[] {
  const program = basename(search.program).replace(/\.py$/, '');
  const places = defaultFolders(search);
  const hits = [project, program].map((name) =>
    places.map((place) => join(place, `${name}${extension}`)).find((path) => search.exists(path)),
  );
  return [...new Set(hits.filter((path) => path !== undefined))];
}

/** Where the project's files are looked for when the command line does not say. */
export function defaultFolders({ home, environment }: Pick<ConfigSearch, 'home' | 'environment'>): string[] {
  const snaps = [environment['SNAP_COMMON'], environment['SNAP']].filter((path) => path);
  return [
    join(home, `.${project}`),
    home,
    join('/etc', project),
    '/etc',
    ...snaps.map((path) => join(path ?? '', 'etc', project)),
  ];
}

/** `*.conf` in the order of their names; hidden files are left out. */
function filesIn(directory: string, search: ConfigSearch): string[] {
  try {
    return search
      .listDirectory(directory)
      .filter((name) => name.endsWith('.conf') && !name.startsWith('.'))
      .toSorted()
      .map((name) => join(directory, name));
  } catch (error) {
    throw new InspectorError(
      'invalid',
      `Failed to read config file directory: ${directory}: expected a directory that the service's user may read`,
      { cause: error },
    );
  }
}

function absolute(path: string, search: ConfigSearch): string {
  const expanded = path === '~' || path.startsWith('~/') ? join(search.home, path.slice(1)) : path;
  return resolve(search.workingDirectory, expanded);
}
