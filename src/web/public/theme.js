// Runs before the first paint, so that nobody who chose dark sees a white flash. A file of its own: the content
// policy forbids inline scripts.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('tl.theme') || 'auto';
  } catch {
    // Storage may be forbidden; the system's preference is then the answer.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
