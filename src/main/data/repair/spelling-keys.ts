import { z } from 'zod'
import type { DataEngine } from '../engine.ts'
import type { CountedText } from './column-texts.ts'
import { spellingKey } from './kinds/spellings.ts'

/** Spellings that agree but for case, spacing, accents and punctuation, the most frequent first. */
export type SpellingGroup = { readonly key: string; readonly spellings: readonly CountedText[]; readonly rows: number }

/** Values grouped by the key that repairs look them up by, in order of the most frequent spelling. */
export async function groupSpellings(engine: DataEngine, values: readonly CountedText[]): Promise<readonly SpellingGroup[]> {
  const keys = await engine.rows(
    `SELECT ${spellingKey('text')} AS key FROM (SELECT unnest(from_json($1, '["VARCHAR"]')) AS text)`,
    z.object({ key: z.string() }),
    [JSON.stringify(values.map(({ text }) => text))],
  )
  const groups = new Map<string, CountedText[]>()
  values.forEach((value, index) => {
    const key = keys[index]?.key ?? value.text
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  })
  return [...groups].map(([key, spellings]) => ({ key, spellings, rows: spellings.reduce((sum, { rows }) => sum + rows, 0) }))
}
