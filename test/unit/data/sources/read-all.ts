import type { DataEngine } from '../../../../src/main/data/engine.ts'
import type { OpenSource, SourceOptions } from '../../../../src/main/data/sources/source-reader.ts'
import { useSource } from '../../../../src/main/data/sources/use-source.ts'

/** A source as its reader gives it: names, every cell as text (null where empty), and what was found out. */
export type WholeSource = Pick<OpenSource, 'about' | 'findings'> & {
  readonly names: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** Reads all cells of a source as text, before any column gets a type. */
export function readAll(engine: DataEngine, path: string, options: SourceOptions = {}): Promise<WholeSource> {
  return useSource(engine, path, options, async (source) => {
    const rows: (string | null)[][] = []
    const select = source.columns.map(({ expression }) => `CAST(${expression} AS VARCHAR)`).join(', ')
    try {
      await engine.chunks(`SELECT ${select} FROM ${source.from}`, (chunk) => {
        for (let row = 0; row < chunk.rows; row++) {
          rows.push(source.columns.map((_, index) => chunk.column(index).value(row) as string | null))
        }
      })
    } catch (error) {
      throw await source.explain(engine, error)
    }
    return { about: source.about, findings: source.findings, names: source.columns.map(({ name }) => name), rows }
  })
}
