/** A field that a driver may have put on its errors. */
export function fieldOf(error: unknown, name: string): unknown {
  return error instanceof Error && name in error
    ? (error as unknown as Record<string, unknown>)[name]
    : undefined;
}
