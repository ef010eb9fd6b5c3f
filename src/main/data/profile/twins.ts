import type { ColumnProfile } from '#shared/domain/profile.ts'
import { readCodedCells, type CodedCells } from './coded-cells.ts'
import type { Relation } from './relation.ts'
import { compareCells } from './twins-in-memory.ts'
import { compareByQuery } from './twins-by-query.ts'
import { signature, type Twins } from './twin-columns.ts'

/** Pairs of columns that say the same; `left` columns were not compared with all that may be alike. */
export type FoundTwins = { readonly twins: readonly Twins[]; readonly left: number }

/** Pairs that are looked into at most: each costs two or three scans, or next to nothing where cells are in memory. */
const MOST_SCANNED = 2000
const MOST_IN_MEMORY = 200_000
/** Cells of the columns that may be alike up to which they are compared in memory (64 MB). */
const MOST_CELLS = 16_000_000
const LONGEST_IN_MEMORY = 100_000

/** Pairs of columns that say the same. Their profiles name the candidates, all rows decide. `parts` hold the columns of `relation`. */
export async function findTwins(relation: Relation, parts: readonly Relation[], profiles: readonly ColumnProfile[], check: () => void): Promise<FoundTwins> {
  const groups = [...Map.groupBy(profiles.filter(({ distinct }) => distinct >= 2), signature).values()].filter((group) => group.length > 1)
  const candidates = groups.flat()
  const inMemory = relation.rows <= LONGEST_IN_MEMORY && candidates.length * relation.rows <= MOST_CELLS
  const cells = inMemory ? await readCodedCells(parts, new Set(candidates.map(({ name }) => name)), check) : undefined
  const compare = cells === undefined ? (a: ColumnProfile, b: ColumnProfile) => compareByQuery(relation, a, b) : (a: ColumnProfile, b: ColumnProfile) => compareCells(of(cells, a), of(cells, b))
  let budget = inMemory ? MOST_IN_MEMORY : MOST_SCANNED
  const twins: Twins[] = []
  let left = 0
  for (const group of groups) {
    const originals: ColumnProfile[] = []
    for (const profile of group) {
      check()
      let found: Twins | undefined
      for (const original of originals) {
        if (found !== undefined) break
        if (budget <= 0) {
          left++
          break
        }
        budget--
        found = await compare(original, profile)
      }
      if (found === undefined) originals.push(profile)
      else twins.push(found)
    }
  }
  return { twins, left }
}

function of(cells: ReadonlyMap<string, CodedCells>, profile: ColumnProfile): { readonly profile: ColumnProfile; readonly cells: CodedCells } {
  const found = cells.get(profile.name)
  if (found === undefined) throw new Error(`No cells of column "${profile.name}"`)
  return { profile, cells: found }
}
