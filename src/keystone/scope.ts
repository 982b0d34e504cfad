import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { CredentialSettings } from './client-options.ts';
import { domainOf } from './domain-of.ts';

/**
 * What the token is to be good for: a project, a domain, the system or a trust; `undefined` for whatever
 * Keystone gives the user.
 *
 * @throws InspectorError `invalid` for more than one of them, or a project's name without its domain.
 */
export function scopeOf(section: string, settings: CredentialSettings): JsonObject | undefined {
  const scopes = [projectScope(section, settings), domainScope(settings), ...otherScopes(section, settings)];
  const wanted = scopes.filter((scope) => scope !== undefined);
  if (wanted.length <= 1) return wanted[0]?.scope;
  throw new InspectorError(
    'invalid',
    `[${section}]: expected one scope, got ${wanted.map(({ option }) => option).join(' and ')}`,
  );
}

interface Scope {
  /** The option that asks for it. */
  readonly option: string;
  readonly scope: JsonObject;
}

function projectScope(section: string, settings: CredentialSettings): Scope | undefined {
  const { project_id: id, project_name: name } = settings;
  if (id) return { option: 'project_id', scope: { project: { id } } };
  if (!name) return undefined;
  const domain = domainOf(
    { id: settings.project_domain_id, name: settings.project_domain_name },
    { id: settings.default_domain_id, name: settings.default_domain_name },
  );
  if (domain !== undefined) return { option: 'project_name', scope: { project: { name, domain } } };
  throw new InspectorError(
    'invalid',
    `[${section}]project_domain_name: expected it or project_domain_id to be set, as project_name is`,
  );
}

function domainScope({ domain_id: id, domain_name: name }: CredentialSettings): Scope | undefined {
  const domain = domainOf({ id, name });
  return domain && { option: 'id' in domain ? 'domain_id' : 'domain_name', scope: { domain } };
}

function otherScopes(section: string, settings: CredentialSettings): (Scope | undefined)[] {
  const { system_scope: system, trust_id: trust } = settings;
  if (system && system !== 'all') {
    throw new InspectorError('invalid', `[${section}]system_scope: expected all, got "${system}"`);
  }
  return [
    system ? { option: 'system_scope', scope: { system: { all: true } } } : undefined,
    trust ? { option: 'trust_id', scope: { 'OS-TRUST:trust': { id: trust } } } : undefined,
  ];
}
