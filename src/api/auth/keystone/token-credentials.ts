import type { Credentials } from '../../policy/credentials.ts';
import type { TokenDocument } from './token-document.ts';

/** What the policy knows of who asks with a user's token, and with a service's beside it. */
export function credentialsOf(user: TokenDocument | undefined, service?: TokenDocument): Credentials {
  return {
    user_id: user?.userId ?? null,
    user_domain_id: user?.userDomainId ?? null,
    project_id: user?.projectId ?? null,
    project_domain_id: user?.projectDomainId ?? null,
    domain_id: user?.domainId ?? null,
    system_scope: user?.isSystemWide ? 'all' : null,
    ...(user?.isSystemWide ? { system: 'all' } : {}),
    roles: user?.roles ?? [],
    is_admin_project: user?.isAdminProject ?? true,
    service_user_id: service?.userId ?? null,
    service_user_domain_id: service?.userDomainId ?? null,
    service_project_id: service?.projectId ?? null,
    service_project_domain_id: service?.projectDomainId ?? null,
    service_roles: service?.roles ?? [],
  };
}
