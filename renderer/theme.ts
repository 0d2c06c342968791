import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Modal,
  Tooltip,
} from '@mantine/core';

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

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent },
  fontFamily: 'var(--br-font)',
  fontFamilyMonospace: 'var(--br-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '15px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '20px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' }, classNames: { root: 'br-button' } }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { size: 24, variant: 'subtle', color: 'gray' },
      classNames: { root: 'br-icon-button' },
    }),
    Input: Input.extend({ defaultProps: { size: 'xs' }, classNames: { input: 'br-input' } }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { size: 'xs' },
      classNames: { label: 'br-label', description: 'br-description' },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false, fz: 12 } }),
    // The page itself never scrolls, so locking its scroll would only add a style element.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, radius: 'lg', transitionProps: { duration: 100 } } }),
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
