import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core'

/** `--mr-race-0 … 9` of tokens.css: Mantine computes contrasts with them, so it needs the values themselves. */
const race: MantineColorsTuple = ['#eaf5f7', '#d6ebf0', '#add8e2', '#7fc2d2', '#4fb0c6', '#2594ae', '#137c96', '#0e6780', '#0b5569', '#083f4f']

/** `--mr-n-0 … 9` of tokens.css. */
const gray: MantineColorsTuple = ['#ffffff', '#f7f9f9', '#eff2f3', '#e3e8ea', '#ced6d9', '#aab5ba', '#75838a', '#53626a', '#35444c', '#16242b']

const small = { defaultProps: { size: 'xs' } } as const

/** Filled controls in the accent or, for what destroys, in red, with the text that reads on them in either theme. */
const variantColors: VariantColorsResolver = (input) => {
  if (input.variant !== 'filled') return defaultVariantColorsResolver(input)
  const red = input.color === 'red'
  return {
    background: red ? 'var(--mr-danger)' : 'var(--mr-accent)',
    hover: red ? 'var(--mr-danger-text)' : 'var(--mr-accent-hover)',
    color: red ? 'var(--mr-on-danger)' : 'var(--mr-on-accent)',
    border: '1px solid transparent',
  }
}

/** Mantine in the sizes and type of the tokens; its colours come from `tokenVariables`. */
export const mantineTheme = createTheme({
  fontFamily: 'var(--mr-font)',
  fontFamilyMonospace: 'var(--mr-font-mono)',
  defaultRadius: 5,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.34', sm: '1.54', md: '1.43', lg: '1.34', xl: '1.34' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '5px', lg: '8px', xl: '8px' },
  headings: { fontFamily: 'var(--mr-font)', fontWeight: '600' },
  colors: { race, gray },
  primaryColor: 'race',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: variantColors,
  cursorType: 'default',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: small,
    TextInput: small,
    NumberInput: { defaultProps: { size: 'xs', hideControls: true } },
    PasswordInput: small,
    Textarea: small,
    // Closed lists are not on the page: each would be laid out with all its options.
    Combobox: { defaultProps: { keepMounted: false } },
    Select: small,
    MultiSelect: small,
    Autocomplete: small,
    TagsInput: small,
    Checkbox: small,
    Radio: small,
    Switch: { defaultProps: { size: 'xs', withThumbIndicator: false } },
    SegmentedControl: small,
    Slider: small,
    Pagination: small,
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 28, color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, events: { hover: true, focus: true, touch: false } } },
    // A header of a dialog is no banner of the page.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } }, closeButtonProps: { 'aria-label': 'Close' }, centered: true, radius: 8, transitionProps: { duration: 160 }, overlayProps: { backgroundOpacity: 1 } } },
    // The placeholder that takes the first focus is no item of a menu; the first item takes it instead.
    Menu: { defaultProps: { transitionProps: { duration: 90 }, shadow: 'md', withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { transitionProps: { duration: 90 }, shadow: 'md' } },
  },
})

const roles = {
  '--mantine-color-body': 'var(--mr-surface)',
  '--mantine-color-text': 'var(--mr-text)',
  '--mantine-color-bright': 'var(--mr-text)',
  '--mantine-color-dimmed': 'var(--mr-text-3)',
  '--mantine-color-placeholder': 'var(--mr-text-3)',
  '--mantine-color-anchor': 'var(--mr-accent-text)',
  '--mantine-color-error': 'var(--mr-danger-text)',
  '--mantine-color-default': 'var(--mr-surface)',
  '--mantine-color-default-hover': 'var(--mr-hover)',
  '--mantine-color-default-color': 'var(--mr-text)',
  '--mantine-color-default-border': 'var(--mr-border-2)',
  '--mantine-color-disabled': 'var(--mr-surface-3)',
  '--mantine-color-disabled-color': 'var(--mr-text-3)',
  '--mantine-color-disabled-border': 'var(--mr-border)',
  '--mantine-primary-color-filled': 'var(--mr-accent)',
  '--mantine-primary-color-filled-hover': 'var(--mr-accent-hover)',
  '--mantine-primary-color-light': 'var(--mr-accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--mr-accent-soft)',
  '--mantine-primary-color-light-color': 'var(--mr-accent-text)',
  '--mantine-primary-color-contrast': 'var(--mr-on-accent)',
  '--mantine-color-race-filled': 'var(--mr-accent)',
  '--mantine-color-race-filled-hover': 'var(--mr-accent-hover)',
  '--mantine-color-race-light': 'var(--mr-accent-soft)',
  '--mantine-color-race-light-hover': 'var(--mr-accent-soft)',
  '--mantine-color-race-light-color': 'var(--mr-accent-text)',
  '--mantine-color-race-text': 'var(--mr-accent-text)',
  '--mantine-color-gray-light-color': 'var(--mr-text-2)',
  '--mantine-color-gray-light-hover': 'var(--mr-surface-3)',
  '--mantine-color-gray-text': 'var(--mr-text-2)',
  '--mantine-color-red-filled': 'var(--mr-danger)',
  '--mantine-color-red-filled-hover': 'var(--mr-danger-text)',
  '--mantine-color-red-light': 'var(--mr-danger-soft)',
  '--mantine-color-red-light-color': 'var(--mr-danger-text)',
  '--mantine-shadow-xs': 'var(--mr-e-1)',
  '--mantine-shadow-sm': 'var(--mr-e-2)',
  '--mantine-shadow-md': 'var(--mr-e-3)',
  '--mantine-shadow-lg': 'var(--mr-e-3)',
  '--mantine-shadow-xl': 'var(--mr-e-3)',
} as const

/** Mantine reaches for this ramp in the dark where it has no role for a colour. */
const darkRamp = {
  '--mantine-color-dark-0': 'var(--mr-text)',
  '--mantine-color-dark-1': 'var(--mr-text)',
  '--mantine-color-dark-2': 'var(--mr-text-2)',
  '--mantine-color-dark-3': 'var(--mr-text-3)',
  '--mantine-color-dark-4': 'var(--mr-border-2)',
  '--mantine-color-dark-5': 'var(--mr-surface-3)',
  '--mantine-color-dark-6': 'var(--mr-surface)',
  '--mantine-color-dark-7': 'var(--mr-surface)',
  '--mantine-color-dark-8': 'var(--mr-surface-3)',
  '--mantine-color-dark-9': 'var(--mr-bg)',
} as const

/** Mantine's roles of colour from the tokens, which switch with the scheme by themselves. */
export const tokenVariables: CSSVariablesResolver = () => ({ variables: {}, light: roles, dark: { ...roles, ...darkRamp } })
