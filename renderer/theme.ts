import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef0fb',
  '#dde1f6',
  '#c3cbf0',
  '#a3aeea',
  '#8592e0',
  '#6170d2',
  '#4f60c8',
  '#4152b4',
  '#36459a',
  '#2b3880',
];

/** White words on the shades that fill a button, 7 and in the dark 6, are readable (WCAG AA); on Mantine's own reds they are not. */
const red: MantineColorsTuple = [
  '#fdeceb',
  '#f9d5d2',
  '#f2b1ac',
  '#e98a83',
  '#df635a',
  '#d3453b',
  '#c4362d',
  '#b3261e',
  '#951f18',
  '#771812',
];

/** Cool greys like those of `styles/tokens.css`, from text to the deepest surface. */
const dark: MantineColorsTuple = [
  '#e7e8eb',
  '#c3c6ce',
  '#a5a9b4',
  '#757985',
  '#3c3f48',
  '#2b2d33',
  '#222328',
  '#191a1e',
  '#131417',
  '#0e0f11',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark, red },
  fontFamily: 'var(--br-font)',
  fontFamilyMonospace: 'var(--br-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '15px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '20px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Plain objects and not `Button.extend(…)`: that would put every component named here into the first chunk.
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' }, classNames: { root: 'br-button' } },
    ActionIcon: {
      defaultProps: { size: 24, variant: 'subtle', color: 'gray' },
      classNames: { root: 'br-icon-button' },
    },
    Input: { defaultProps: { size: 'xs' }, classNames: { input: 'br-input' } },
    InputWrapper: {
      defaultProps: { size: 'xs' },
      classNames: { label: 'br-label', description: 'br-description' },
    },
    // Inside its toolbar and not at the end of the page, so that it stays within a landmark and in the reading order.
    Menu: {
      defaultProps: {
        withinPortal: false,
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 80 },
        shadow: 'md',
      },
    },
    // The page itself never scrolls, so locking its scroll would only add a style element.
    // Its header is no banner of the page.
    Modal: {
      defaultProps: {
        lockScroll: false,
        radius: 'lg',
        closeButtonProps: { 'aria-label': 'Close' },
        transitionProps: { duration: 100 },
        attributes: { header: { role: 'presentation' } },
      },
    },
  },
});

/** Mantine's own surfaces follow the tokens of `styles/tokens.css`, which know both colour schemes. */
const shared = {
  '--mantine-color-body': 'var(--br-surface)',
  '--mantine-color-text': 'var(--br-text)',
  '--mantine-color-bright': 'var(--br-text)',
  '--mantine-color-dimmed': 'var(--br-dim)',
  '--mantine-color-placeholder': 'var(--br-dim)',
  '--mantine-color-anchor': 'var(--br-accent)',
  '--mantine-color-error': 'var(--br-bad)',
  '--mantine-color-default': 'var(--br-surface)',
  '--mantine-color-default-hover': 'var(--br-raised)',
  '--mantine-color-default-color': 'var(--br-text)',
  '--mantine-color-default-border': 'var(--br-border-strong)',
  '--mantine-color-gray-light-hover': 'var(--br-raised)',
  '--mantine-color-gray-light-color': 'var(--br-dim)',
  '--mantine-color-disabled': 'var(--br-raised)',
  '--mantine-color-disabled-color': 'var(--br-dim)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
