import type { Relation } from './relation.ts'

/** The cells of a column as codes of what they hold, −1 where empty, and the texts that the codes stand for. */
export type CodedCells = { readonly codes: Int32Array; readonly texts: readonly string[] }

/** Cells of some columns of a table, as they are stored; `parts` hold its columns. */
export async function readCodedCells(parts: readonly Relation[], wanted: ReadonlySet<string>, check: () => void): Promise<ReadonlyMap<string, CodedCells>> {
  const found = new Map<string, CodedCells>()
  for (const { engine, from, rows, columns } of parts) {
    const some = columns.filter(({ schema }) => wanted.has(schema.name))
    if (some.length === 0) continue
    check()
    const coders = some.map(() => cellCoder(rows))
    await engine.chunks(`SELECT ${some.map(({ expression }) => `CAST(${expression} AS VARCHAR)`).join(', ')} FROM ${from}`, (chunk) => {
      coders.forEach((coder, index) => {
        const vector = chunk.column(index)
        for (let row = 0; row < chunk.rows; row++) coder.take(vector.value(row) as string | null)
      })
    })
    some.forEach(({ schema }, index) => found.set(schema.name, (coders[index] as ReturnType<typeof cellCoder>).finish()))
  }
  return found
}

function cellCoder(rows: number) {
  const codes = new Int32Array(rows).fill(-1)
  const known = new Map<string, number>()
  let row = 0
  return {
    take(cell: string | null): void {
      if (cell !== null) {
        let code = known.get(cell)
        if (code === undefined) known.set(cell, (code = known.size))
        codes[row] = code
      }
      row++
    },
    finish: (): CodedCells => ({ codes, texts: [...known.keys()] }),
  }
}
