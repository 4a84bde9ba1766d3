/** An excerpt that begins and ends between words. */
export function wholeWords(text: string): string {
  return text.replace(/^…\S*\s+/, '… ').replace(/\s+\S*…$/, ' …');
}
