const special: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i', þ: 'th' };

/**
 * The text as it is compared and searched: marks off, lower case, letters that do not decompose replaced. PostgreSQL's
 * own folding depends on the server's locale (under C it knows only ASCII), so stored and asked text is folded here.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßøłæœđıþ]/g, (letter) => special[letter]!);
}
