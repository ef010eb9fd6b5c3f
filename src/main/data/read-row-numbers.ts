import type { DataEngine } from './engine.ts'

/** Row numbers that a query gives as its one INTEGER column, in its order; four bytes each, however many. */
export async function readRowNumbers(engine: DataEngine, sql: string): Promise<Int32Array> {
  let found = new Int32Array(1024)
  let length = 0
  await engine.chunks(sql, (chunk) => {
    if (length + chunk.rows > found.length) {
      const larger = new Int32Array(Math.max(2 * found.length, length + chunk.rows))
      larger.set(found)
      found = larger
    }
    const column = chunk.column(0)
    for (let row = 0; row < chunk.rows; row++) found[length++] = Number(column.value(row))
  })
  return found.slice(0, length)
}
