import type { Refusal } from './access.ts';

/** No credentials, or none that are good. The header says which kind is wanted. */
export function unauthorized(challenge: string): Refusal {
  return { status: 401, message: 'Authentication required', headers: { 'WWW-Authenticate': challenge } };
}

/** Good credentials that do not allow it. */
export function denied(): Refusal {
  return { status: 403, message: 'Access denied by policy', headers: {} };
}

/** Credentials that are not in a form that can be looked at. */
export function badCredentials(reason: string): Refusal {
  return { status: 400, message: reason, headers: {} };
}

/** It cannot be decided for now. */
export function undecided(reason: string): Refusal {
  return { status: 503, message: reason, headers: {} };
}

/** It cannot be decided before an operator has mended something; the log says what. */
export function faulty(): Refusal {
  return { status: 500, message: 'Internal server error', headers: {} };
}
