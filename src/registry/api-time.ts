/** A time in the form of Ironic's API, `2026-11-22T13:36:35+00:00`. */
export function apiTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}
