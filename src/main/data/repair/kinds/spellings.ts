import type { RepairOf } from '#shared/domain/repair.ts'
import { quoteLiteral } from '../../sql-text.ts'
import { bind, type RepairCell } from '../cell-context.ts'

/** Letters that accents may be taken from: Latin and Greek. Elsewhere marks make other letters (か and が, и and й). */
const ACCENTED = '^[\\x{0000}-\\x{024F}\\x{0300}-\\x{03FF}\\x{1E00}-\\x{1FFF}\\x{2000}-\\x{206F}]*$'
/** Where signs carry meaning: beside digits (1.5, 1-2), and at the ends (A+, A-, C#). */
const SIGNS_COUNT = '[0-9]|^[-+]|[-+*#]$'

/** SQL for what spellings of one value have in common: lower case, without accents, spacing and punctuation. */
export function spellingKey(text: string): string {
  const plain = `CASE WHEN regexp_matches(${text}, '${ACCENTED}') THEN strip_accents(${text}) ELSE ${text} END`
  const keyed = `CASE WHEN regexp_matches(plain, '${SIGNS_COUNT}') THEN regexp_replace(plain, '\\s+', ' ', 'g') ELSE regexp_replace(plain, '[\\s.,;:''’\`"_-]+', '', 'g') END`
  return bind('plain', `lower(${plain})`, keyed)
}

/** SQL that gives every spelling of a value the same one; texts of other values stay. */
export function repairSpellings({ spellings }: RepairOf<'spellings'>, { cell, sqlType }: RepairCell): string {
  if (sqlType !== 'VARCHAR') return cell
  const names = (texts: readonly string[]): string => texts.map(quoteLiteral).join(', ')
  return lookUp(spellingKey(cell), names(spellings.map(([key]) => key)), names(spellings.map(([, spelling]) => spelling)), cell)
}

/** SQL that looks a text up among `keys` (a hash, by way of an ENUM: a MAP is searched from its start) and gives its value, else `otherwise`. */
export function lookUp(text: string, keys: string, values: string, otherwise: string): string {
  return bind('position', `CAST(enum_code(TRY_CAST(${text} AS ENUM(${keys}))) AS INTEGER) + 1`, `CASE WHEN position IS NULL THEN ${otherwise} ELSE list_extract([${values}]::VARCHAR[], position) END`)
}
