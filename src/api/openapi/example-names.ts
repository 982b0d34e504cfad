import { exampleNames as registryNames } from '../../registry/rest/documentation/example-names.ts';

/** What the examples are about: the node of the registry's examples, a rule, and times of an introspection. */
export const exampleNames = {
  ...registryNames,
  rule: '4e1f0d5c-8a3b-4a6e-9c1d-2f7b8e6a5d40',
  otherRule: '00000000-0000-4000-8000-000000000001',
  startedAt: '2026-11-22T13:36:35.999000',
  finishedAt: '2026-11-22T13:41:02.250000',
} as const;
