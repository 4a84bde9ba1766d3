import { createTheme } from '@mantine/core';

/** Mantine reads our tokens and never the other way round; its own palette is not used by any component of ours. */
export const theme = createTheme({
  fontFamily: 'var(--tl-font)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 90 }, withinPortal: true } },
    Tooltip: { defaultProps: { openDelay: 300, withinPortal: true, transitionProps: { duration: 90 } } },
  },
});
