import { InspectorError } from '../../errors/inspector-error.ts';
import type { PxeFilterHealth } from '../../pxe-filter/filter-health.ts';
import type { HealthcheckOptions } from './healthcheck-options.ts';

/** What one backend found. */
export interface HealthResult {
  readonly healthy: boolean;
  /** `OK`, `DISABLED BY FILE`, `FILE PATH MISSING` or `PXE FILTER DEGRADED`. */
  readonly reason: string;
  /** A sentence that names the file, or says what is wrong. */
  readonly details: string;
}

/** One check; `port` is where the question came in, unset for a Unix socket. */
export type HealthBackend = (port: number | undefined) => HealthResult;

type Exists = (path: string) => boolean;

/** What backends look at. */
export interface CheckedHealth {
  readonly exists: Exists;
  /** That of this process; an API by itself has none. */
  readonly pxeFilter?: (() => Pick<PxeFilterHealth, 'driver' | 'state' | 'error'>) | undefined;
}

type MakeBackend = (options: HealthcheckOptions, checked: CheckedHealth) => HealthBackend;

/** By the names that `[healthcheck]backends` has for them. */
const backends: Readonly<Record<string, MakeBackend>> = {
  disable_by_file: ({ disable_by_file_path: path }, { exists }) => {
    return () => (path ? disabledBy(path, exists) : ok('disable_by_file_path is not set'));
  },
  disable_by_files_ports: ({ disable_by_file_paths: items }, { exists }) => {
    const files = new Map(items.map(portAndPath));
    return (port) => {
      const path = port === undefined ? undefined : files.get(port);
      return path ? disabledBy(path, exists) : ok(`disable_by_file_paths has no file for port ${port}`);
    };
  },
  enable_by_files: ({ enable_by_file_paths: paths }, { exists }) => {
    return () => {
      const missing = paths.find((path) => !exists(path));
      if (missing === undefined) return ok(paths.map(found).join('; '));
      return { healthy: false, reason: 'FILE PATH MISSING', details: notFound(missing) };
    };
  },
  pxe_filter: (_options, { pxeFilter }) => {
    return () => {
      if (pxeFilter === undefined) return ok('The conductors have the PXE filters: see /v1/pxe-filter');
      const { driver, state, error } = pxeFilter();
      if (state !== 'degraded') return ok(`PXE filter ${driver}: ${state}`);
      const details = `PXE filter ${driver}: ${error ?? state}`;
      return { healthy: false, reason: 'PXE FILTER DEGRADED', details };
    };
  },
};

/**
 * The backends that are configured, in their order.
 *
 * @throws InspectorError `invalid` for a name that there is not (docs/compatibility.md,
 *   healthcheck-unknown-backend), for backends that contradict each other, and for a file without a port.
 */
export function healthBackends(
  options: HealthcheckOptions,
  checked: CheckedHealth,
): readonly HealthBackend[] {
  const { backends: names } = options;
  if (names.includes('disable_by_file') && names.includes('enable_by_files')) {
    throw new InspectorError(
      'invalid',
      '[healthcheck]backends has disable_by_file and enable_by_files, which exclude each other: remove one',
    );
  }
  return names.map((name) => {
    const make = Object.hasOwn(backends, name) ? backends[name] : undefined;
    if (make !== undefined) return make(options, checked);
    const known = Object.keys(backends).join(', ');
    throw new InspectorError('invalid', `[healthcheck]backends: expected some of ${known}, got ${name}`);
  });
}

function portAndPath(item: string): [number, string] {
  const [, port, path] = /^(\d{1,5}):(.+)$/s.exec(item) ?? [];
  if (port !== undefined && path !== undefined) return [Number(port), path];
  throw new InspectorError(
    'invalid',
    `[healthcheck]disable_by_file_paths: expected items such as 5050:/run/disabled, got ${item}`,
  );
}

function disabledBy(path: string, exists: Exists): HealthResult {
  if (!exists(path)) return ok(notFound(path));
  return { healthy: false, reason: 'DISABLED BY FILE', details: found(path) };
}

function ok(details: string): HealthResult {
  return { healthy: true, reason: 'OK', details };
}

function found(path: string): string {
  return `Path '${path}' was found`;
}

function notFound(path: string): string {
  return `Path '${path}' was not found`;
}
