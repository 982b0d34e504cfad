import { InspectorError } from '../errors/inspector-error.ts';
import { maskSecretsInText } from '../logging/mask-secrets.ts';
import type { Token } from './token.ts';

/**
 * An endpoint as requests begin with it: no slash at its end, and with the IDs of the token's project and user in
 * place of `%(project_id)s`, `$(tenant_id)s` and the like.
 *
 * @throws InspectorError `invalid` for what is no http or https URL.
 */
export function endpointText(
  section: string,
  endpoint: string,
  token?: Pick<Token, 'projectId' | 'userId'>,
): string {
  const { projectId = '', userId = '' } = token ?? {};
  const full = endpoint
    .replace(/[%$]\((?:project_id|tenant_id)\)s/g, projectId)
    .replace(/[%$]\(user_id\)s/g, userId)
    .replace(/\/+$/, '');
  if (/^https?:$/.test(URL.parse(full)?.protocol ?? '')) return full;
  throw new InspectorError(
    'invalid',
    `[${section}]: expected an http or https URL as endpoint, got "${maskSecretsInText(endpoint)}"`,
  );
}
