import { registerHooks } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What plug-in authors import. */
const apiName = 'ironic-inspector/plugin';

/** The same in this service: compiled or not, as this file is. */
const apiUrl = new URL(`../plugin-api/plugin${extname(import.meta.url)}`, import.meta.url).href;

/**
 * Imports modules of plug-ins. `ironic-inspector/plugin` is this very service for them, wherever they lie and
 * whatever else is installed beside them.
 *
 * @param allow Called with every file that they are made of before it runs; throws to refuse it.
 * @param work Gets a function that imports a file, by its absolute path.
 */
export async function importingModules<T>(
  allow: (path: string) => void,
  work: (load: (path: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const theirs = new Set<string>();
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const isTheirs = context.parentURL !== undefined && theirs.has(context.parentURL);
      if (isTheirs && specifier === apiName) return { url: apiUrl, shortCircuit: true };
      const resolved = next(specifier, context);
      if (isTheirs) theirs.add(resolved.url);
      return resolved;
    },
    load(url, context, next) {
      if (theirs.has(url) && url.startsWith('file:')) allow(fileURLToPath(url));
      return next(url, context);
    },
  });
  try {
    return await work((path) => {
      const { href } = pathToFileURL(path);
      theirs.add(href);
      return import(href);
    });
  } finally {
    hooks.deregister();
  }
}
