import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'

/** A parameter of the failed step that would let it go on: `effect` follows "Or give PARAMETER". */
const remedySchema = z.object({ parameter: z.string(), value: z.string(), effect: z.string() })

/** The parameter and value of a remedy. */
export type Remedy = z.infer<typeof remedySchema>

/** The error with its remedy, if it has one, in the words of the command that failed: `option` writes the parameter as users type it; nothing where they cannot. */
export function withRemedy(error: MillraceError, option: (remedy: Remedy) => string | undefined): MillraceError {
  const remedy = remedySchema.safeParse(error.data.details.remedy)
  const written = remedy.success ? option(remedy.data) : undefined
  if (!remedy.success || written === undefined) return error
  return new MillraceError({ ...error.data, nextStep: `${error.data.nextStep} Or give ${written} ${remedy.data.effect}.` }, error)
}

/** A parameter of how a file is read as `import` and `predict` take it. */
export function readingOption({ parameter, value }: Remedy): string {
  return parameter === 'header' && value === 'false' ? '--no-header' : `--${parameter} ${value}`
}

/** How the window's form for reading a file names a parameter. */
const fields: Readonly<Record<string, string>> = { header: 'Header', ragged: 'Short lines', delimiter: 'Delimiter', encoding: 'Encoding', quote: 'Quote', sheet: 'Sheet', headerRow: 'Header row', table: 'Table', records: 'Records' }
const choices: Readonly<Record<string, string>> = { 'header false': 'no', 'header true': 'yes', 'ragged pad': 'fill with missing', 'delimiter CHARACTER': 'the right one' }

/** A parameter of how a file is read as the window's form has it. */
export function readingField({ parameter, value }: Remedy): string {
  return `"${fields[parameter] ?? parameter}: ${choices[`${parameter} ${value}`] ?? value}"`
}
