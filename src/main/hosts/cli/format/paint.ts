import { styleText } from 'node:util'

/** Colours for results; plain text where the terminal shows none. */
export type Paint = {
  good(text: string): string
  bad(text: string): string
  strong(text: string): string
  quiet(text: string): string
}

/** Colours, or none. */
export function createPaint(colour: boolean): Paint {
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) => (colour ? styleText(format, text, { validateStream: false }) : text)
  return { good: style('green'), bad: style('red'), strong: style('bold'), quiet: style('dim') }
}
