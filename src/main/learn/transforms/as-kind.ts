import type { CategoryColumn, Column, NumberColumn } from '../../table/column.ts'

/** The column read as numbers: a text that is not a number is missing. */
export function asNumbers(column: Column): NumberColumn {
  if (column.kind === 'number') return column
  const numbers = column.categories.map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
  const values = new Float64Array(column.codes.length)
  for (let i = 0; i < values.length; i++) {
    const code = column.codes[i] as number
    values[i] = code < 0 ? Number.NaN : (numbers[code] as number)
  }
  return { kind: 'number', name: column.name, values }
}

/** The column read as categories: each distinct number is a level, written as JavaScript writes it. */
export function asCategories(column: Column): CategoryColumn {
  if (column.kind === 'category') return column
  const codeOf = new Map<number, number>()
  const codes = new Int32Array(column.values.length)
  for (let i = 0; i < codes.length; i++) {
    const value = column.values[i] as number
    if (Number.isNaN(value)) {
      codes[i] = -1
      continue
    }
    const known = codeOf.get(value)
    const code = known ?? codeOf.size
    if (known === undefined) codeOf.set(value, code)
    codes[i] = code
  }
  return { kind: 'category', name: column.name, codes, categories: [...codeOf.keys()].map(String) }
}
