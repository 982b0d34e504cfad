/** The part of package-lock.json (version 3) that matters here. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The optional dependencies that the lock file lacks, as `[path, entry]`. */
export function missingOptionals(lock: LockFile): [string, LockedPackage][] {
  return Object.values(lock.packages).flatMap((parent) =>
    Object.entries(parent.optionalDependencies ?? {})
      .map(([name, version]): [string, LockedPackage] => [
        `node_modules/${name}`,
        entryOf(name, version, parent),
      ])
      .filter(([path]) => !Object.hasOwn(lock.packages, path)),
  );
}

/** The lock file with an entry for each optional dependency. Entries stay sorted by path, as npm has them. */
export function completed<T extends LockFile>(lock: T): T {
  const entries = [...Object.entries(lock.packages), ...missingOptionals(lock)];
  const sorted = entries.toSorted(([one], [other]) => one.localeCompare(other, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

/** Without a registry to ask, the platform is read from the name: `@biomejs/cli-linux-x64-musl`. */
function entryOf(name: string, version: string, parent: LockedPackage): LockedPackage {
  const words = name.split(/[/-]/);
  const cpu = words.findLast((word) => processors.includes(word));
  const os = words.findLast((word) => systems.includes(word));
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(parent.dev === true ? { dev: true } : {}),
    ...(words.includes('musl') ? { libc: ['musl'] } : {}),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}
