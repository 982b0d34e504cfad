import { type SourceFile, topFolder } from './source-file.ts';

/**
 * The folders of `src/`, lowest layer first; `.` stands for the files that lie in `src/` itself. An import
 * points to the same folder or to a lower layer.
 */
const layers: readonly (readonly string[])[] = [
  ['errors', 'logging'],
  ['config', 'host', 'json'],
  ['inventory', 'database', 'keystone', 'rpc', 'bare-metal'],
  ['ironic', 'swift', 'registry', 'coordination', 'mdns', 'plugin-api'],
  ['nodes', 'introspection-data'],
  ['hooks', 'rules', 'pxe-filter', 'ramdisk-logs', 'history', 'boot-evidence', 'bulk'],
  ['introspection', 'plugins'],
  ['api', 'conductor'],
  ['agent', '.'],
  // The console scripts read the environment and start what the files of `src/` wire.
  ['commands'],
];

/** Imports that do not point down, and folders that have no layer, one sentence each. */
export function layerViolations(files: readonly SourceFile[]): string[] {
  const unknown = new Set(
    files.map((file) => topFolder(file.path)).filter((folder) => layerOf(folder) === 0),
  );
  return [
    ...[...unknown].map((folder) => `src/${folder}: not in the table of layers`),
    ...files.flatMap((file) => file.imports.flatMap((line) => complaint(file, line.line, line.target) ?? [])),
  ];
}

function complaint(file: SourceFile, line: number, target: string | undefined): string | undefined {
  if (target === undefined) return undefined;
  const where = `src/${file.path}:${line}`;
  if (target.startsWith('../')) return outside(file, target, where);
  const from = topFolder(file.path);
  const to = topFolder(target);
  if (target.endsWith('.test.ts')) return `${where}: imports the test ${target}`;
  if (from === to || layerOf(to) < layerOf(from)) return undefined;
  return `${where}: ${from} (layer ${layerOf(from)}) must not import ${to} (layer ${layerOf(to)})`;
}

/** Fakes and builders are for tests; nothing else in `src/` reaches out of it. */
function outside(file: SourceFile, target: string, where: string): string | undefined {
  if (file.isTest && target.startsWith('../testing/')) return undefined;
  return `${where}: imports ${target.slice('../'.length)}, which lies outside src/`;
}

/** Counted from 1; 0 for a folder that the table does not know. */
function layerOf(folder: string): number {
  return layers.findIndex((layer) => layer.includes(folder)) + 1;
}
