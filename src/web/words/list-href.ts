/** Turns an address of the API into the address of the screen that shows the same rows. Pure. */

const shownAs: Record<string, string> = { 'configuration-items': 'components' };
const signs: Record<string, string> = { gte: '>=', lte: '<=', gt: '>', lt: '<' };

/** `/api/v1/incidents?state=new,assigned&opened_at.gte=2016-03-01` becomes `/incidents?filter=…`. */
export function listHref(apiHref: string): string {
  const url = new URL(apiHref, 'http://here');
  const plural = url.pathname.replace(/^\/api\/v1\//, '').split('/')[0] ?? '';
  const terms: string[] = [];
  let words = '';
  let sort = '';
  const quote = (value: string) => (/\s/.test(value) ? `"${value}"` : value);
  for (const [key, value] of url.searchParams) {
    const dot = key.lastIndexOf('.');
    const field = dot < 0 ? key : key.slice(0, dot);
    const op = dot < 0 ? '' : key.slice(dot + 1);
    if (key === 'sort') sort = value;
    else if (key === 'q') words = value;
    else if (['count', 'limit', 'cursor', 'fields'].includes(key)) continue;
    else if (op === 'empty') terms.push(`${value === 'true' ? '' : '-'}${field}:none`);
    else if (op === 'ne') terms.push(`-${field}:${value.split(',').map(quote).join(',')}`);
    else if (signs[op]) terms.push(`${field}${signs[op]}${quote(value)}`);
    else if (field === 'state_category' && value === 'open,paused') terms.push('state:open');
    else terms.push(`${field}:${value.split(',').map(quote).join(',')}`);
  }
  const search = new URLSearchParams();
  const filter = [...terms, words].filter(Boolean).join(' ');
  search.set('filter', filter);
  if (sort) search.set('sort', sort);
  return `/${shownAs[plural] ?? plural}?${search.toString()}`;
}
