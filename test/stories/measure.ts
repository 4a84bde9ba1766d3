/**
 * Measures the page as it stands, inside the browser (it may use nothing from outside): what is wider than the window, what
 * is cut without a sign, what is too small for a finger and what lies on something else. Answers one line for each fault.
 *
 * `finger`: the least side of a main action in CSS px; `pointer`: that of everything else one may press.
 */
export function measurePage({ finger, pointer }: { finger: number; pointer: number }): string[] {
  type Box = { left: number; top: number; right: number; bottom: number };
  const found = new Set<string>();
  const tell = (what: string, element: Element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
    const place = [element.parentElement, element].map((one) =>
      one ? `${one.localName}${[...one.classList].map((name) => `.${name}`).join('')}` : '',
    );
    found.add(`${what}: ${place.join(' > ')} "${words.slice(0, 40)}"`);
  };
  const styles = new Map<Element, CSSStyleDeclaration>();
  const style = (element: Element) => {
    const known = styles.get(element);
    if (known) return known;
    const read = getComputedStyle(element);
    styles.set(element, read);
    return read;
  };
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const shown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.vh, .sprite');
  // An open dialog is all one can reach; what lies behind it is measured without it.
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const layer = (element: Element): Element | null => {
    for (let one: Element | null = element; one && one !== top; one = one.parentElement)
      if (/^(absolute|fixed|sticky)$/.test(style(one).position) && one.getBoundingClientRect().width > 2) return one;
    return null;
  };

  /** What is seen of a box inside its ancestors, and which of them cuts it without letting one scroll to the rest. */
  const within = (element: Element, box: Box, own = false): { seen: Box; cutter: Element | null } => {
    let seen = box;
    let cutter: Element | null = null;
    let outside = style(element).position === 'fixed';
    for (let one: Element | null = element; one && one !== document.documentElement; one = one.parentElement) {
      if (outside) break;
      const { overflowX: x, overflowY: y, position } = style(one);
      if ((own || one !== element) && (x !== 'visible' || y !== 'visible')) {
        const edge = one.getBoundingClientRect();
        const cut = (by: string, over: boolean) => over && (by === 'hidden' || by === 'clip');
        if (
          cut(x, seen.left < edge.left - 1.5 || seen.right > edge.right + 1.5) ||
          cut(y, seen.top < edge.top - 1.5 || seen.bottom > edge.bottom + 1.5)
        )
          cutter ??= one;
        seen = meet(seen, edge);
      }
      outside = position === 'fixed';
    }
    return { seen, cutter };
  };
  /** Whether what is cut says so: three dots, or a number of lines. */
  const dotted = (element: Element) => {
    for (let one: Element | null = element; one && one !== top; one = one.parentElement)
      if (style(one).textOverflow === 'ellipsis' || style(one).webkitLineClamp !== 'none') return true;
    return false;
  };
  /** What is meant to be pushed sideways under a finger; everything in it can be reached by keys. */
  const strips = '.dt';
  const width = document.documentElement.clientWidth;
  const sideways = document.documentElement.scrollWidth - width;
  if (sideways > 0) found.add(`the page scrolls sideways by ${sideways} px`);

  for (const element of top.querySelectorAll('*')) {
    const { overflowX } = style(element);
    if ((overflowX !== 'auto' && overflowX !== 'scroll') || !shown(element)) continue;
    const over = element.scrollWidth - element.clientWidth;
    if (over > 1 && !(element instanceof HTMLElement && (element.tabIndex >= 0 || element.matches(strips))))
      tell(`scrolls sideways by ${over} px`, element);
  }

  const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.textContent?.trim() || !shown(element)) continue;
    if (/^(STYLE|SCRIPT|OPTION|TEXTAREA|TITLE)$/i.test(element.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const { seen, cutter } = within(element, box, true);
      if (cutter && !dotted(element)) tell(`text is cut by ${cutter.localName}.${cutter.classList}`, element);
      else if (seen.right > seen.left && seen.bottom > seen.top && (seen.right > width + 1 || seen.left < -1))
        tell('text leaves the window', element);
      else continue;
      break;
    }
  }

  const main =
    '.btn, .icon-btn, .verb, .nav-a, input, select, textarea, form button, dialog footer button, .ph a, .topbar button, [role="option"], [role="menuitem"]';
  const pressed =
    'a[href], button, summary, input:not([type="hidden"]), select, textarea, [role="button"], [role="option"], [role="tab"], [role="menuitem"]';
  const boxes: { element: Element; seen: Box; layer: Element | null }[] = [];
  for (const element of top.querySelectorAll(pressed)) {
    if (!shown(element) || (element as HTMLButtonElement).disabled) continue;
    const label = element.matches('[type="checkbox"], [type="radio"], [type="file"]') ? element.closest('label') : null;
    const target = label ?? element;
    const box = target.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const parent = element.parentElement!;
    // A word in a sentence is as high as its line; the pointer's rule exempts it, and lines do not overlap.
    const inline = style(element).display === 'inline';
    const { seen } = within(target, box);
    if (seen.right - seen.left < 2 || seen.bottom - seen.top < 2) continue;
    // What one presses may reach further than it is drawn: a stretched ::after counts.
    const after = getComputedStyle(element, '::after');
    const reach = after.content !== 'none' && after.position === 'absolute' ? Number.parseFloat(after.height) : 0;
    const broad = after.content !== 'none' && after.position === 'absolute' ? Number.parseFloat(after.width) : 0;
    const high = Math.max(box.height, reach || 0);
    const wide = Math.max(box.width, broad || 0);
    const least = element.matches(main) ? finger : pointer;
    if (!inline && (high < least - 0.5 || wide < least - 0.5))
      tell(`${Math.round(wide)}×${Math.round(high)} is too small for a finger`, element);
    if (!inline && !parent.closest('svg')) boxes.push({ element, seen, layer: layer(element) });
  }
  boxes.sort((a, b) => a.seen.top - b.seen.top);
  for (const [at, one] of boxes.entries())
    for (const other of boxes.slice(at + 1)) {
      if (other.seen.top >= one.seen.bottom - 2) break;
      if (one.layer !== other.layer && !one.layer?.contains(other.element) && !other.layer?.contains(one.element))
        continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const common = meet(one.seen, other.seen);
      if (common.right - common.left > 2 && common.bottom - common.top > 2)
        tell(
          `lies on ${other.element.localName}.${other.element.classList} "${other.element.textContent?.trim().slice(0, 20)}"`,
          one.element,
        );
    }
  return [...found];
}
