import { MillraceError } from '#shared/errors.ts'
import { nearestWord } from '../../../base/did-you-mean.ts'
import type { Finding } from '../../finding.ts'
import { LINES, scanJson, TOP } from './scan-json.ts'
import { textBlocks } from '../text-blocks.ts'

/** Where the records of a JSON file are. */
export type RecordPlace = {
  /** `LINES`, `TOP`, or the dotted path of an array. */
  readonly place: string
  readonly findings: readonly Finding[]
}

/**
 * Finds the records of a JSON file: the lines, the elements of the array that is the file, or else the largest array of
 * objects in it, as GeoJSON and answers of web services have it; an object without one is a record itself. `asked` settles
 * it: a dotted path, or `$` for the top of the file.
 */
export function findRecords(path: string, asked: string | undefined, watch: () => void): RecordPlace {
  const first = firstByte(path)
  if (first === undefined || (asked === TOP && first !== '[')) return { place: LINES, findings: [] }
  if (first === '[' && (asked === undefined || asked === TOP)) return { place: TOP, findings: [] }
  if (first !== '{' && asked === undefined) return { place: LINES, findings: [] }
  const objects = new Map<string, number>()
  const others = new Set<string>()
  let lines = 0
  scanJson(textBlocks(path, watch), {
    file: path,
    walk: true,
    onElement({ place, kind }) {
      if (place === LINES) return ++lines < 2 || asked !== undefined
      if (kind === 'object') objects.set(place, (objects.get(place) ?? 0) + 1)
      else others.add(place)
      return true
    },
  })
  if (asked !== undefined) {
    if (objects.has(asked) || others.has(asked)) return { place: asked, findings: [] }
    throw noSuchPlace(path, asked, [...objects.keys()])
  }
  const [largest] = [...objects].toSorted(([, a], [, b]) => b - a)
  if (lines >= 2 || largest === undefined) return { place: LINES, findings: [] }
  return { place: largest[0], findings: [chosen(largest[0], objects)] }
}

function firstByte(path: string): string | undefined {
  for (const block of textBlocks(path)) {
    const text = block.toString('latin1').trimStart()
    if (text !== '') return text.charAt(0)
  }
  return undefined
}

function chosen(place: string, objects: ReadonlyMap<string, number>): Finding {
  const others = [...objects].filter(([other]) => other !== place).map(([other, count]) => `"${other}" (${count})`)
  const beside = others.length === 0 ? '' : ` Other lists of records: ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', …' : ''}; choose one with records.`
  return { kind: 'records-found', message: `The rows are the records of the list "${place}"; what stands beside it is left out.${beside}` }
}

function noSuchPlace(file: string, asked: string, known: readonly string[]): MillraceError {
  const near = nearestWord(asked, known)
  const list = known.length === 0 ? 'The file has no list of records.' : `Its lists of records are ${known.slice(0, 10).map((place) => `"${place}"`).join(', ')}.`
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no list "${asked}" in the file`,
    message: `${file}: ${list}`,
    nextStep: near === undefined ? 'Name one of them with "records", or leave it out.' : `Did you mean "${near}"?`,
    details: { file, value: asked },
  })
}
