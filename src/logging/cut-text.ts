/** The text, or its first `limit` UTF-16 units and a note of how long it was. A surrogate pair is not split. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return `${text.slice(0, end)}… [cut, ${text.length} characters in all]`;
}
