/** What the examples of the documentation are about: one node with one port, and the times of what happens. */
export const exampleNames = {
  node: '1be26c0b-03f2-4d2e-ae87-c02d7f33c123',
  nodeName: 'rack1-u07',
  otherNode: '00000000-0000-4000-8000-000000000000',
  port: 'd2b30520-907d-46c8-bfee-c5586e6fb3a1',
  otherPort: '00000000-0000-4000-8000-000000000002',
  mac: '52:54:00:12:34:56',
  /** The name of the machine that the service runs on. */
  host: 'inspector',
  root: 'http://inspector.example:5050',
  time: '2026-11-22T13:36:35+00:00',
} as const;
