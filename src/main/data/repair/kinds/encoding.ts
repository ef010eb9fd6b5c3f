import { quoteLiteral } from '../../sql-text.ts'
import type { RepairCell } from '../cell-context.ts'

/** Characters of Windows-1252 that stand for bytes 0x80 to 0x9F, and those bytes. */
const WINDOWS_1252 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'
const BYTES = [0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f]
const AS_BYTES = String.fromCharCode(...BYTES)

/** RE2 for what damage looks like: the first byte of a UTF-8 sequence and one of the bytes that follow it. */
export const DAMAGE = `[\\x{00C2}-\\x{00F4}][\\x{0080}-\\x{00BF}${WINDOWS_1252}]`

/**
 * SQL for a text whose UTF-8 was read as Windows-1252 or Latin-1, read as UTF-8 again. Where any character is no single
 * byte, or the bytes are no UTF-8, the cell stays: a repair of half a cell would be a guess.
 */
export function repairEncoding(_repair: unknown, { cell, sqlType }: RepairCell): string {
  if (sqlType !== 'VARCHAR') return cell
  const letters = `string_split(translate(${cell}, ${quoteLiteral(WINDOWS_1252)}, ${quoteLiteral(AS_BYTES)}), '')`
  // 0xFF is in no UTF-8, so a character that is no byte makes the whole decoding fail.
  const bytes = `list_transform(${letters}, lambda letter: CASE WHEN unicode(letter) < 256 THEN printf('%02X', unicode(letter)) ELSE 'FF' END)`
  const decoded = `TRY(decode(unhex(list_aggregate(${bytes}, 'string_agg', ''))))`
  return `CASE WHEN regexp_matches(${cell}, '${DAMAGE}') THEN coalesce(${decoded}, ${cell}) ELSE ${cell} END`
}
