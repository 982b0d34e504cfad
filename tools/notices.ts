import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

/**
 * The licences of the packages whose code is in a bundle, to be shipped with it. Of a package that has no file with
 * its licence, the licence's name and the author are all that there is.
 */
export function noticesOf({ inputs }: Pick<Metafile, 'inputs'>): string {
  const folders = Object.keys(inputs).flatMap((path) => packageFolder(path) ?? []);
  const notices = [...new Set(folders)].sort().map(noticeOf);
  return ['The files beside this one contain code of these packages.\n', ...notices].join(
    `\n${'-'.repeat(78)}\n\n`,
  );
}

/** `node_modules/a/node_modules/@b/c/index.js`: `node_modules/a/node_modules/@b/c`. */
function packageFolder(path: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)/i.test(name));
  const texts = names.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim());
  return [title, ...(texts.length > 0 ? texts : [authorOf(manifest)]), ''].join('\n\n');
}

function authorOf({ author = 'its authors' }: Manifest): string {
  return `Copyright: ${typeof author === 'string' ? author : author.name}`;
}
