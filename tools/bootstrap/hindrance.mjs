/** What keeps the bootstrap from going on, in a sentence that says what to do. Shown without a stack. */
export class Hindrance extends Error {}
