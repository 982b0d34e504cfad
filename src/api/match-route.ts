import type { Route } from './route.ts';

/** What a path stands for: a route for the method, or else the methods that there are. */
export interface Match {
  readonly route: Route | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  /** What the path takes, in alphabetical order, as `Allow` has it; empty when there is no such path. */
  readonly allowed: readonly string[];
}

/**
 * Finds the route for a method and a path. HEAD finds the route for GET, everywhere
 * (docs/compatibility.md, head-everywhere).
 */
export function matchRoute(routes: readonly Route[], method: string, segments: readonly string[]): Match {
  const found = routes.flatMap((route) => {
    const parameters = matchPath(route.path, segments);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  const wanted = method === 'HEAD' ? 'GET' : method;
  const match = found.find(({ route }) => route.method === wanted);
  return {
    route: match?.route,
    parameters: match?.parameters ?? new Map(),
    allowed: allowedMethods(found.map(({ route }) => route)),
  };
}

function matchPath(path: string, segments: readonly string[]): ReadonlyMap<string, string> | undefined {
  const parts = path
    .split('/')
    .slice(1)
    .filter((part) => part !== '');
  if (parts.length !== segments.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('<')) parameters.set(part.slice(1, -1), segment);
    else if (part !== segment) return undefined;
  }
  return parameters;
}

/** What we add to a path of the original is left out, so that its clients see what they always saw. */
function allowedMethods(routes: readonly Route[]): string[] {
  if (routes.length === 0) return [];
  const listed = routes.filter(({ unlisted }) => unlisted !== true);
  const methods = (listed.length === 0 ? routes : listed).map(({ method }) => method);
  return [...new Set([...methods, 'OPTIONS', ...(methods.includes('GET') ? ['HEAD'] : [])])].sort();
}
