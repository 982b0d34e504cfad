/** HTML that can be sent: every text in it is escaped. */
export class Html {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** The very text, which has to be a constant of the code. */
  static constant(text: string): Html {
    return new Html(text);
  }

  /** Of a template of the code itself; what stands in its places is escaped unless it is `Html`. */
  static of(parts: TemplateStringsArray, values: readonly Content[]): Html {
    return new Html(
      parts.map((part, index) => `${part}${index < values.length ? textOf(values[index]) : ''}`).join(''),
    );
  }
}

/** What can stand in a place of a template. `undefined` stands for nothing. */
export type Content = Html | string | number | undefined | readonly Content[];

/** HTML with its values escaped: html`<p>${text}</p>`. Attributes have to be in double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return Html.of(parts, values);
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function textOf(value: Content): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(textOf).join('');
  return String(value).replace(/[&<>"']/g, (character) => references[character] ?? character);
}

/** Text in which `code` is marked by backticks. */
export function prose(text: string): Html {
  const parts = text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
  return html`${parts}`;
}
