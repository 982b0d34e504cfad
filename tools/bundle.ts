import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { relative, resolve } from 'node:path';
import { build, type Loader, type Metafile, type Plugin } from 'esbuild';

/** Loaded by few configurations only, or made of machine code: they stay packages of their own. */
const separatePackages = ['@node-rs/bcrypt', 'mysql2', 'pg', 'rabbitmq-client', 're2js', 'undici', 'yaml'];

/** Fastify loads them for routes with schemas and for made-up requests; the service has neither. */
const neverLoaded = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request'];

/** Fastify requires both at its start; the service makes its servers by itself. */
const seldomUsed = ['node:http2', 'node:https'];

/** What has a file of its own: each command, what plug-ins import, and the migrations, which `dbsync show` names. */
function entryPoints(): string[] {
  const paths = globSync([
    'src/commands/{ironic-inspector*,demo,genconfig,genpolicy}.ts',
    'src/database/migrations/{own,reference}/*-*.ts',
    'src/plugin-api/plugin.ts',
  ]);
  return paths.filter((path) => !path.endsWith('.test.ts')).sort();
}

/**
 * Bundles `src/` and the packages that every start of the service needs. Modules that several commands, or a
 * command and plug-ins, have in common are in common chunks: each class is there once. Every file but the
 * migrations, which do not ask where they are, lies two folders below the package's root (see `places`).
 *
 * @param folder The folder of the output.
 * @returns what went into which file.
 */
export async function bundle(folder: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: entryPoints(),
    outbase: 'src',
    outdir: folder,
    entryNames: '[dir]/[name]',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.19',
    mainFields: ['module', 'main'],
    external: [...separatePackages, ...neverLoaded],
    // Texts beyond Latin-1 would make Node hold a whole file with two bytes a character.
    charset: 'ascii',
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
    plugins: [builtins, places],
  });
  return metafile;
}

/**
 * Node's own modules without what an `import` of them brings along: it reads each export, some of which load large
 * parts of Node at first sight (`WebSocket` of `node:http`: 50 ms and 13 MB). Here the ones that are imported are read.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup(on) {
    const names = new Set(builtinModules);
    on.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) => {
      if (!path.startsWith('node:') && !names.has(path)) return undefined;
      const full = path.startsWith('node:') ? path : `node:${path}`;
      return { path: full, namespace: kind === 'require-call' ? 'required' : 'imported', sideEffects: false };
    });
    on.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: seldomUsed.includes(path)
        ? withGetters(path)
        : `module.exports = process.getBuiltinModule('${path}');`,
    }));
    on.onLoad({ filter: /.*/, namespace: 'imported' }, ({ path }) => ({ contents: importable(path) }));
  },
};

/** A module to `require`, which is loaded when one of its exports is used. */
function withGetters(name: string): string {
  return Object.keys(process.getBuiltinModule(name) as object)
    .map((key) => `get ${key}() { return process.getBuiltinModule('${name}').${key}; }`)
    .reduce((text, getter) => `${text}\n  ${getter},`, 'module.exports = {')
    .concat('\n};');
}

/** A module to `import`; the exports that nobody imports fall away with the calls that would read them. */
function importable(name: string): string {
  const keys = Object.keys(process.getBuiltinModule(name) as object);
  return [
    `const it = process.getBuiltinModule('${name}');`,
    'const of = (key) => it[key];',
    'export default it;',
    ...keys
      .filter((key) => /^[A-Za-z]\w*$/.test(key) && key !== 'default')
      .map((key) => `const x${key} = /* @__PURE__ */ of('${key}');\nexport { x${key} as ${key} };`),
  ].join('\n');
}

/** `import.meta.url` stays what it is where each module is compiled to a file of its own. */
const places: Plugin = {
  name: 'places',
  setup(on) {
    const root = resolve('src');
    on.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = `../${relative(root, path).replace(/\.ts$/, '.js')}`;
      const contents = text.replaceAll('import.meta.url', `new URL('${place}', import.meta.url).href`);
      return { contents, loader: 'ts' satisfies Loader };
    });
  },
};
