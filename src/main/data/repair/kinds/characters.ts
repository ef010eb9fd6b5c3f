import type { RepairCell } from '../cell-context.ts'

/**
 * Characters that nobody sees: controls but for tab and line breaks, zero-width and directional marks, soft hyphen, byte
 * order mark. The joiners U+200C and U+200D stay: scripts of India and Iran, and emoji, are written with them.
 */
const INVISIBLE = '[\\x{0000}-\\x{0008}\\x{000B}\\x{000C}\\x{000E}-\\x{001F}\\x{007F}-\\x{009F}\\x{00AD}\\x{061C}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{2064}\\x{2066}-\\x{2069}\\x{FEFF}]'
/** Spaces of other widths, the one that does not break among them. */
const OTHER_SPACES = '[\\x{00A0}\\x{1680}\\x{2000}-\\x{200A}\\x{202F}\\x{205F}\\x{3000}]'

/** SQL for a text without invisible characters, with plain spaces, composed. */
export function repairCharacters(_repair: unknown, { cell, sqlType }: RepairCell): string {
  if (sqlType !== 'VARCHAR') return cell
  const visible = `regexp_replace(${cell}, '${INVISIBLE}', '', 'g')`
  const spaced = `regexp_replace(${visible}, '${OTHER_SPACES}', ' ', 'g')`
  // Most cells are plain ASCII, for which this test is much quicker.
  return `CASE WHEN regexp_matches(${cell}, '[^\\t\\n\\r -~]') THEN nullif(trim(nfc_normalize(${spaced})), '') ELSE ${cell} END`
}
