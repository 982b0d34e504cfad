/** A UUID that is easy to tell from others: `numberedUuid(7)` ends in 7. */
export function numberedUuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
