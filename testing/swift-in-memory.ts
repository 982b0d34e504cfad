import { InspectorError } from '../src/errors/inspector-error.ts';
import { textDigest } from '../src/introspection-data/text-digest.ts';
import type { SwiftClient } from '../src/swift/swift-client.ts';

/** A Swift client without a Swift, and the objects that it was given, by name. */
export function swiftInMemory(): SwiftClient & { readonly objects: Map<string, string> } {
  const objects = new Map<string, string>();
  let isClosed = false;
  const at = (name: string) => {
    if (isClosed) throw new Error('the client is closed');
    return objects.get(name);
  };
  const swift: SwiftClient & { readonly objects: Map<string, string> } = {
    objects,
    put: async (name, text) => void objects.set(name, text),
    async get(name) {
      const text = at(name);
      if (text === undefined) throw new InspectorError('not-found', `there is no object ${name}`);
      return text;
    },
    async head(name) {
      const text = at(name);
      return text === undefined ? undefined : { md5: textDigest(text) };
    },
    loggingTo: () => swift,
    close: async () => void (isClosed = true),
  };
  return swift;
}
