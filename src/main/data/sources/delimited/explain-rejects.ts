import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../../engine.ts'
import { splitRecords, type Separators } from './split-fields.ts'

type Reading = {
  readonly separators: Separators
  readonly width: number
  /** SQL of the same scan that goes on at bad lines and stores them. */
  readonly scan: string
  /** The line of the file behind a line of the text that was scanned. */
  originalLine(line: number): number
}

const rejectSchema = z.object({ line: z.number(), error_type: z.string(), csv_line: z.string().nullable() })

/** The error for a file that DuckDB refused, by a second scan that collects every bad line. */
export async function explainRejects(engine: DataEngine, path: string, error: unknown, reading: Reading): Promise<unknown> {
  if (error instanceof MillraceError) return error
  await engine.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans')
  await engine.rows(`SELECT count(*) AS n FROM ${reading.scan}`, z.object({ n: z.number() }))
  const found = await engine.rows('SELECT line, error_type::VARCHAR AS error_type, csv_line FROM reject_errors ORDER BY line LIMIT 1000', rejectSchema)
  const rejects = found.map((reject) => ({ ...reject, line: reading.originalLine(reject.line) }))
  const [first] = rejects
  if (first === undefined) return error
  const lines = new Set(rejects.map((reject) => reject.line)).size
  const more = lines > 1 ? ` ${lines - 1}${rejects.length === 1000 ? ' or more' : ''} other ${lines === 2 ? 'line has' : 'lines have'} the same kind of problem.` : ''
  const beginning = shortened(first.csv_line ?? '')
  const details = { file: path, line: first.line, value: beginning }
  if (first.error_type === 'MISSING COLUMNS' || first.error_type === 'TOO MANY COLUMNS') {
    const fields = splitRecords(first.csv_line ?? '', reading.separators, { limit: 1, cut: false })?.[0]?.fields.length
    return new MillraceError(
      {
        code: 'invalid-data',
        headline: 'A line has the wrong number of fields',
        message: `${path}, line ${first.line}: ${fields ?? 'another number of'} ${fields === 1 ? 'field' : 'fields'} where ${reading.width} are expected: "${beginning}".${more}`,
        nextStep:
          first.error_type === 'MISSING COLUMNS'
            ? 'Correct the line.'
            : `Correct the line: a field that holds the delimiter ${JSON.stringify(reading.separators.delimiter)} must stand in quotes.`,
        details: {
          ...details,
          expected: reading.width,
          found: fields,
          remedy:
            first.error_type === 'MISSING COLUMNS'
              ? { parameter: 'ragged', value: 'pad', effect: 'to take the fields that lines lack as missing' }
              : { parameter: 'delimiter', value: 'CHARACTER', effect: 'where the delimiter was found out wrongly' },
        },
      },
      error,
    )
  }
  if (first.error_type === 'LINE SIZE OVER MAXIMUM') {
    return problem('A row is longer than 2 MB', `${path}, line ${first.line} starts with "${beginning}".${more}`, 'Perhaps a quote is never closed, or the file is not a table.')
  }
  return problem(
    'A quoted cell is not closed properly',
    `${path}, line ${first.line}: "${beginning}".${more}`,
    'A quote inside a quoted cell is written twice (""). Say quote: "" where the file does not quote its cells.',
  )

  function problem(headline: string, message: string, nextStep: string): MillraceError {
    return new MillraceError({ code: 'invalid-data', headline, message, nextStep, details }, error)
  }
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
