import { isObject, type JsonObject, type JsonValue, objectsIn } from '../../../json/json-value.ts';

/** What Keystone says of a token that it finds good. */
export interface TokenDocument {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly userId: string;
  readonly userDomainId: string | null;
  readonly projectId: string | null;
  readonly projectDomainId: string | null;
  readonly domainId: string | null;
  readonly isSystemWide: boolean;
  readonly isAdminProject: boolean;
  readonly roles: readonly string[];
  /** What an application credential is confined to; `undefined` for no such limit. */
  readonly accessRules: readonly AccessRule[] | undefined;
  /** What the token is bound to, such as `kerberos`. */
  readonly bind: readonly string[];
}

/** A kind of request that an application credential is good for. */
export interface AccessRule {
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

/** Reads the `token` of an answer. `undefined` for one without a user or an end: it proves nothing. */
export function readTokenDocument(body: Buffer): TokenDocument | undefined {
  const token = objectAt(jsonIn(body), 'token');
  const user = objectAt(token, 'user');
  const expiresAt = Date.parse(textAt(token, 'expires_at') ?? '');
  const userId = textAt(user, 'id');
  if (token === undefined || userId === null || Number.isNaN(expiresAt)) return undefined;
  const project = objectAt(token, 'project');
  return {
    expiresAt,
    userId,
    userDomainId: textAt(objectAt(user, 'domain'), 'id'),
    projectId: textAt(project, 'id'),
    projectDomainId: textAt(objectAt(project, 'domain'), 'id'),
    domainId: textAt(objectAt(token, 'domain'), 'id'),
    isSystemWide: objectAt(token, 'system')?.['all'] === true,
    isAdminProject: token['is_admin_project'] !== false,
    roles: objectsAt(token, 'roles').flatMap((role) => textAt(role, 'name')?.trim() ?? []),
    accessRules: accessRulesOf(objectAt(token, 'application_credential')),
    bind: Object.keys(objectAt(token, 'bind') ?? {}),
  };
}

/** A rule that lacks something allows nothing. */
function accessRulesOf(credential: JsonObject | undefined): readonly AccessRule[] | undefined {
  if (credential?.['access_rules'] === undefined || credential['access_rules'] === null) return undefined;
  return objectsAt(credential, 'access_rules').flatMap((rule) => {
    const [service, method, path] = [textAt(rule, 'service'), textAt(rule, 'method'), textAt(rule, 'path')];
    return service === null || method === null || path === null ? [] : { service, method, path };
  });
}

function jsonIn(body: Buffer): JsonObject | undefined {
  try {
    const value = JSON.parse(body.toString()) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectAt(parent: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = parent?.[name];
  return isObject(value) ? value : undefined;
}

function objectsAt(parent: JsonObject, name: string): readonly JsonObject[] {
  return objectsIn(parent[name]);
}

function textAt(parent: JsonObject | undefined, name: string): string | null {
  const value = parent?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
