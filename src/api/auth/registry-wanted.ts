import type { Wanted } from './access.ts';

/** What lists the API versions, as clients ask for it before they have a token. */
const documents = new Set(['/baremetal', '/baremetal/', '/baremetal/v1', '/baremetal/v1/']);

/** What a request to the built-in registry at `/baremetal` wants. Whatever is not surely a document is closed. */
export function registryWanted({ method, url }: { readonly method: string; readonly url: string }): Wanted {
  const isReading = method === 'GET' || method === 'HEAD';
  const isDocument = isReading && documents.has(url.split('?', 1)[0] ?? '');
  return isDocument
    ? { policy: 'registry:version', public: true }
    : { policy: 'registry:access', public: false };
}
